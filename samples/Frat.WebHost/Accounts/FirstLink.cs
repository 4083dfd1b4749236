using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Frat.WebHost;

/// <summary>
/// Makes and reads the link by which an administrator's account is created without a sign-in: for the first one, and for a site whose
/// administrators are locked out. Nothing of it is stored: the key is sealed with what all hosts of the database share, and carries the id
/// of the account to come, which can be created once.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class FirstLink(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Path = "/welcome";

    private readonly IDataProtector _protector = protection.CreateProtector("Frat.WebHost.FirstLink.1");

    /// <summary>Makes the key of a link.</summary>
    /// <param name="lifetime">How long it can be used.</param>
    /// <param name="forAnother">Whether it holds where there are administrators already.</param>
    public string CreateKey(TimeSpan lifetime, bool forAnother)
    {
        var until = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return _protector.Protect($"{Guid.NewGuid():N} {until} {(forAnother ? "another" : "first")}");
    }

    /// <summary>Reads a key.</summary>
    /// <returns>The id of the account to create; null when the key is none, or is too old.</returns>
    public (Guid AccountId, bool ForAnother)? Read(string? key)
    {
        if (key is not { Length: > 0 and < 1000 })
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(key).Split(' ') is [var id, var until, var kind]
                && time.GetUtcNow().ToUnixTimeSeconds() < long.Parse(until, CultureInfo.InvariantCulture)
                    ? (Guid.ParseExact(id, "N"), kind == "another")
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

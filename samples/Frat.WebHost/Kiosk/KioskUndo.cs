using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Frat.WebHost;

/// <summary>
/// What a kiosk sends back to take a punch of its own back: sealed, so that no device can void what it didn't book, and only for a moment.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class KioskUndo(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>For the ten seconds for which the button is there, and a slow line.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly IDataProtector _protector = protection.CreateProtector("Frat.WebHost.KioskUndo.1");

    public string Seal(Guid deviceId, Guid punchId, Guid personId)
    {
        var until = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        return _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{deviceId:N} {punchId:N} {personId:N} {until}"));
    }

    /// <summary>Reads one.</summary>
    /// <returns>Null when it is none, another device's, or too old.</returns>
    public (Guid PunchId, Guid PersonId)? Read(Guid deviceId, string? text)
    {
        if (text is not { Length: > 0 and < 1000 })
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(text).Split(' ') is [var device, var punch, var person, var until]
                && Guid.ParseExact(device, "N") == deviceId
                && time.GetUtcNow().ToUnixTimeSeconds() < long.Parse(until, CultureInfo.InvariantCulture)
                    ? (Guid.ParseExact(punch, "N"), Guid.ParseExact(person, "N"))
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

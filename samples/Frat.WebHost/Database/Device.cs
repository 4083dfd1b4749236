using System.Security.Cryptography;
using System.Text;

namespace Frat.WebHost;

/// <summary>How a check-in at a kiosk begins.</summary>
internal enum KioskTrigger
{
    /// <summary>By itself, when somebody comes near.</summary>
    HandsFree,

    /// <summary>With a touch anywhere on the screen.</summary>
    Touch,

    /// <summary>With a button.</summary>
    Button,
}

/// <summary>A tablet at a door, or what else people check in at. Its name is the source of its punches.</summary>
internal sealed class Device
{
    public const int MaxNameLength = 60;
    public const int CodeDigits = 6;

    /// <summary>How long a code for pairing can be used.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(5);

    /// <summary>A device that beat within this time is online: it beats each minute.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(3);

    private const int SecretBytes = 32;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    /// <summary>The site by name, where the host has several; null for the one of <c>Frat:Site</c>.</summary>
    public string? Site { get; set; }

    /// <summary>What each punch of it is, where the door is one-way.</summary>
    public PunchDirection Direction { get; set; }

    public KioskTrigger Trigger { get; set; }

    /// <summary>Whether it may keep pictures, encrypted, while the host can't be reached; PINs' punches it keeps always.</summary>
    public bool KeepsPictures { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The account that added it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The hash of the code that pairs it; null when there is none to type.</summary>
    public byte[]? CodeHash { get; set; }

    public DateTimeOffset? CodeUntil { get; set; }

    /// <summary>The hash of what the paired tablet keeps; null while there is none.</summary>
    public byte[]? TokenHash { get; set; }

    public DateTimeOffset? PairedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastBeatAt { get; set; }

    /// <summary>What it last said of its camera: one of the states of <c>camera.js</c>.</summary>
    public string? Camera { get; set; }

    /// <summary>How many punches it keeps until the host can be reached.</summary>
    public int Waiting { get; set; }

    /// <summary>The version of the page that it shows.</summary>
    public string? Version { get; set; }

    /// <summary>How far its clock is ahead of the host's, in milliseconds, as measured at the last beat.</summary>
    public long ClockAheadMs { get; set; }

    /// <summary>As it stands in the audit trail.</summary>
    public Actor ToActor() => new() { Kind = ActorKind.Device, Id = Id.ToString("N"), Name = Name };

    /// <summary>Makes a new code, which takes the place of the one before.</summary>
    /// <returns>The code, which nothing else holds.</returns>
    public string NewCode(DateTimeOffset now)
    {
        var code = RandomNumberGenerator.GetString("0123456789", CodeDigits);
        (CodeHash, CodeUntil) = (HashOfCode(code), now + CodeLifetime);
        return code;
    }

    public bool IsPairedBy(string code, DateTimeOffset now) =>
        RevokedAt is null && CodeHash is { } hash && now < CodeUntil && CryptographicOperations.FixedTimeEquals(hash, HashOfCode(code));

    /// <summary>Pairs it anew: the code is used up, and a tablet that was paired before no longer is.</summary>
    /// <returns>The token, which the tablet alone keeps.</returns>
    public string Pair(DateTimeOffset now)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        (CodeHash, CodeUntil, TokenHash, PairedAt) = (null, null, SHA256.HashData(secret), now);
        return $"{Id:N}.{Convert.ToHexStringLower(secret)}";
    }

    /// <summary>Takes a token apart.</summary>
    /// <returns>Null when it can't be one.</returns>
    public static (Guid Id, byte[] TokenHash)? ParseToken(string? token)
    {
        if (token is not { Length: 32 + 1 + 2 * SecretBytes } || token[32] != '.' || !token[33..].All(char.IsAsciiHexDigitLower)
            || !Guid.TryParseExact(token[..32], "N", out var id))
        {
            return null;
        }

        return (id, SHA256.HashData(Convert.FromHexString(token[33..])));
    }

    public bool IsHeldBy(byte[] tokenHash) =>
        RevokedAt is null && TokenHash is { } hash && CryptographicOperations.FixedTimeEquals(hash, tokenHash);

    public void Revoke(DateTimeOffset now) => (RevokedAt, CodeHash, CodeUntil, TokenHash) = (now, null, null, null);

    private byte[] HashOfCode(string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{Id:N}{code}"));
}

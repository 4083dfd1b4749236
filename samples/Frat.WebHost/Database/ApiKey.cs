using System.Buffers.Text;
using System.Security.Cryptography;

namespace Frat.WebHost;

/// <summary>
/// A key that a program calls the API with. Only its hash is kept: a secret of 256 random bits needs no slow one. It is shown once, as
/// <c>frat_</c>, the id, an underscore and the secret.
/// </summary>
internal sealed class ApiKey
{
    public const int MaxNameLength = 60;
    public const string Prefix = "frat_";

    private const int IdBytes = 9;
    private const int SecretBytes = 32;

    /// <summary>What is told apart by, and may be shown.</summary>
    public required string Id { get; init; }

    public required byte[] SecretHash { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>The policies of <see cref="FratPolicies"/> that it meets, with spaces between.</summary>
    public required string Scopes { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The account that made it.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>To the hour.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Makes a key.</summary>
    /// <returns>The row, and the text to give away, which nothing else holds.</returns>
    public static (ApiKey Key, string Text) Create(
        string name, IEnumerable<string> scopes, string createdBy, DateTimeOffset now, TimeSpan lifetime)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        var key = new ApiKey
        {
            Id = id,
            SecretHash = SHA256.HashData(secret),
            Name = name,
            Scopes = string.Join(' ', scopes),
            CreatedAt = now,
            CreatedBy = createdBy,
            ExpiresAt = now + lifetime,
        };
        return (key, $"{Prefix}{id}_{Base64Url.EncodeToString(secret)}");
    }

    /// <summary>Takes apart what a caller sent.</summary>
    /// <returns>Null when it can't be a key.</returns>
    public static (string Id, byte[] SecretHash)? Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length > 200)
        {
            return null;
        }

        var parts = text[Prefix.Length..].Split('_', 2);
        if (parts is not [{ Length: 2 * IdBytes } id, var encoded] || !id.All(char.IsAsciiHexDigitLower) || !Base64Url.IsValid(encoded))
        {
            return null;
        }

        var secret = Base64Url.DecodeFromChars(encoded);
        return secret.Length == SecretBytes ? (id, SHA256.HashData(secret)) : null;
    }

    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    public bool Matches(byte[] hash) => CryptographicOperations.FixedTimeEquals(SecretHash, hash);
}

using System.Security.Cryptography;

namespace Frat;

/// <summary>A key that templates are encrypted with. Immutable; it never shows its secret by itself.</summary>
public sealed class TemplateKey
{
    /// <summary>The length of a key in bytes: AES-256.</summary>
    public const int SizeInBytes = 32;

    /// <summary>The longest <see cref="Id"/>.</summary>
    public const int MaxIdLength = 32;

    private readonly byte[] _secret;

    /// <summary>Takes a key that exists.</summary>
    /// <param name="id">
    /// Its name: 1 to <see cref="MaxIdLength"/> of a–z, 0–9 and <c>-</c>. It is stored beside each template, and is no secret.
    /// </param>
    /// <param name="createdAt">When it was made: the latest key of a ring is the one to write with.</param>
    /// <param name="secret"><see cref="SizeInBytes"/> random bytes, which are copied.</param>
    /// <exception cref="ArgumentException">The id or the length is wrong.</exception>
    public TemplateKey(string id, DateTimeOffset createdAt, ReadOnlySpan<byte> secret)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length is 0 or > MaxIdLength
            || !id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            throw new ArgumentException($"The id of a key has 1 to {MaxIdLength} characters of a-z, 0-9 and -.", nameof(id));
        }

        if (secret.Length != SizeInBytes)
        {
            throw new ArgumentException($"A key has {SizeInBytes} bytes; this one has {secret.Length}.", nameof(secret));
        }

        Id = id;
        CreatedAt = createdAt;
        _secret = secret.ToArray();
    }

    /// <summary>The key's name.</summary>
    public string Id { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The secret. Anyone who has it can read every template that was encrypted with it: never log it.</summary>
    public ReadOnlySpan<byte> Secret => _secret;

    /// <summary>Makes a new key from the operating system's random numbers.</summary>
    /// <param name="now">The moment, which becomes part of the id.</param>
    /// <returns>The key.</returns>
    public static TemplateKey Create(DateTimeOffset now)
    {
        Span<byte> secret = stackalloc byte[SizeInBytes];
        RandomNumberGenerator.Fill(secret);
        var id = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{now.UtcDateTime:yyyyMMdd}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var key = new TemplateKey(id, now, secret);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    /// <summary>The id; never the secret.</summary>
    /// <returns>For example <c>20261126-5f0c9a1e</c>.</returns>
    public override string ToString() => Id;
}

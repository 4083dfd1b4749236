using System.Security.Cryptography;
using System.Text;

namespace Frat.Storage.EfCore;

/// <summary>
/// Encrypts encodings with AES-256-GCM and one key. The blob: form (1 byte, 2), length of the key's id (1), the key's id (ASCII), nonce
/// (12, random), tag (16), ciphertext. What comes before the nonce, and everything in <see cref="TemplatePlace"/>, is authenticated with
/// it.
/// </summary>
/// <remarks>
/// Random nonces of 96 bits are safe for 2^32 messages with one key (NIST SP 800-38D, 8.3): more templates than any installation writes.
/// Not thread-safe.
/// </remarks>
internal sealed class TemplateCipher(TemplateKey key) : IDisposable
{
    private const byte Form = 2;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly AesGcm _aes = new(KeyPurpose.Derive(key, KeyPurpose.Template), TagSize);

    public string KeyId => key.Id;

    /// <summary>The id of the key that a blob was encrypted with.</summary>
    /// <exception cref="CryptographicException">It is no such blob.</exception>
    public static string ReadKeyId(ReadOnlySpan<byte> blob) =>
        (blob.Length >= 2 && blob[0] == Form && blob.Length >= HeaderSize(blob) + NonceSize + TagSize
            ? KeyPurpose.ReadKeyId(blob[2..HeaderSize(blob)])
            : null)
        ?? throw new CryptographicException("It is not in the form in which this version of FRAT encrypts.");

    public byte[] Encrypt(TemplatePlace place, ReadOnlySpan<byte> encoding)
    {
        var headerSize = 2 + key.Id.Length;
        var blob = new byte[headerSize + NonceSize + TagSize + encoding.Length];
        blob[0] = Form;
        blob[1] = (byte)key.Id.Length;
        Encoding.ASCII.GetBytes(key.Id, blob.AsSpan(2));
        var nonce = blob.AsSpan(headerSize, NonceSize);
        var tag = blob.AsSpan(headerSize + NonceSize, TagSize);
        var ciphertext = blob.AsSpan(headerSize + NonceSize + TagSize);
        RandomNumberGenerator.Fill(nonce);
        _aes.Encrypt(nonce, encoding, ciphertext, tag, AssociatedData(blob.AsSpan(0, headerSize), place));
        return blob;
    }

    /// <exception cref="CryptographicException">
    /// The blob is damaged, belongs to another place, or was encrypted with another key of this id.
    /// </exception>
    public byte[] Decrypt(TemplatePlace place, ReadOnlySpan<byte> blob)
    {
        if (ReadKeyId(blob) != key.Id)
        {
            throw new CryptographicException("It was encrypted with another key.");
        }

        var header = HeaderSize(blob);
        var rest = blob[header..];
        var encoding = new byte[rest.Length - NonceSize - TagSize];
        _aes.Decrypt(
            rest[..NonceSize],
            rest[(NonceSize + TagSize)..],
            rest.Slice(NonceSize, TagSize),
            encoding,
            AssociatedData(blob[..header], place));
        return encoding;
    }

    public void Dispose() => _aes.Dispose();

    private static int HeaderSize(ReadOnlySpan<byte> blob) => 2 + blob[1];

    private static ReadOnlySpan<byte> AssociatedData(ReadOnlySpan<byte> header, TemplatePlace place) => new SealedBytes()
        .Add(header).Add(place.TemplateId).Add(place.PersonId).Add(place.EncoderId).Add(place.ConsentId).Add(place.CreatedAt).Written;
}

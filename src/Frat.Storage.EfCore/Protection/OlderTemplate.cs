using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Frat.Storage.EfCore;

/// <summary>
/// Reads templates as versions before this stored them. Only <see cref="OlderDatabase"/> does, once: they don't say whose they are.
/// </summary>
internal static class OlderTemplate
{
    private const byte Form = 1;
    private const int TagSize = 16;

    /// <summary>The key that it was encrypted with; null where it is in the clear.</summary>
    public static string? ReadKeyId(TemplateRow row) =>
        row.KeyId == TemplateRow.InClear ? null : TemplateCipher.TryReadKeyId(row.Encoding, Form);

    /// <summary>Reads a template that the key which it names encrypted, bound to template, person and encoder.</summary>
    /// <exception cref="CryptographicException">It is damaged, or another's.</exception>
    public static byte[] Open(TemplateRow row, TemplateKey key)
    {
        using var aes = new AesGcm(key.Secret, TagSize);
        var header = row.Encoding.AsSpan(0, TemplateCipher.HeaderSize(row.Encoding));
        const int Fixed = 16 + 16 + sizeof(int);
        var data = new byte[header.Length + Fixed + Encoding.UTF8.GetByteCount(row.EncoderId)];
        header.CopyTo(data);
        var rest = data.AsSpan(header.Length);
        row.Id.TryWriteBytes(rest, bigEndian: true, out _);
        row.PersonId.TryWriteBytes(rest[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(rest[32..], rest.Length - Fixed);
        Encoding.UTF8.GetBytes(row.EncoderId, rest[Fixed..]);
        return TemplateCipher.Open(aes, row.Encoding, data);
    }
}

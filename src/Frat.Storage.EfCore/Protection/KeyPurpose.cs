using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Frat.Storage.EfCore;

/// <summary>
/// Derives a key for one purpose from a key of the ring (HKDF, RFC 5869): what is made with it can't be taken for anything else.
/// </summary>
internal static class KeyPurpose
{
    private static readonly SearchValues<byte> IdLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);

    public static ReadOnlySpan<byte> Template => "FRAT template, form 2"u8;

    public static ReadOnlySpan<byte> Person => "FRAT person, form 1"u8;

    public static ReadOnlySpan<byte> AuditEntry => "FRAT audit entry, form 1"u8;

    public static ReadOnlySpan<byte> AuditHead => "FRAT audit head, form 1"u8;

    /// <summary>A key's id, as it is in what was made with the key.</summary>
    /// <returns>Null where it can be no key's.</returns>
    public static string? ReadKeyId(ReadOnlySpan<byte> id) =>
        id.Length is > 0 and <= TemplateKey.MaxIdLength && !id.ContainsAnyExcept(IdLetters) ? Encoding.ASCII.GetString(id) : null;

    public static byte[] Derive(TemplateKey key, ReadOnlySpan<byte> purpose)
    {
        var derived = new byte[TemplateKey.SizeInBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Secret, derived, salt: [], purpose);
        return derived;
    }
}

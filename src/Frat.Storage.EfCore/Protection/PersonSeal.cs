using System.Security.Cryptography;
using System.Text;

namespace Frat.Storage.EfCore;

/// <summary>
/// Says who somebody is: binds employee ID and name to the person's id, which the templates are bound to, by HMAC-SHA256. The seal: form (1
/// byte, 1), the tag (32), the key's id (ASCII). Anyone who changes an ID or a name has to seal it anew in the same transaction. Not
/// thread-safe.
/// </summary>
internal sealed class PersonSeal(TemplateKey key)
{
    private const byte Form = 1;
    private const int TagSize = HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key = KeyPurpose.Derive(key, KeyPurpose.Person);

    public string KeyId => key.Id;

    /// <summary>The key of a seal; null where it is none.</summary>
    public static string? ReadKeyId(ReadOnlySpan<byte> seal) =>
        seal.Length > 1 + TagSize && seal[0] == Form ? KeyPurpose.ReadKeyId(seal[(1 + TagSize)..]) : null;

    public byte[] Seal(Guid personId, string employeeId, string name) =>
        [Form, .. Tag(personId, employeeId, name), .. Encoding.ASCII.GetBytes(key.Id)];

    public bool Fits(Guid personId, string employeeId, string name, ReadOnlySpan<byte> seal) =>
        ReadKeyId(seal) == key.Id && CryptographicOperations.FixedTimeEquals(seal.Slice(1, TagSize), Tag(personId, employeeId, name));

    private byte[] Tag(Guid personId, string employeeId, string name) =>
        HMACSHA256.HashData(_key, new SealedBytes().Add(personId).Add(employeeId).Add(name).Written);
}

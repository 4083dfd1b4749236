using System.Security.Cryptography;

namespace Frat.Storage.EfCore.Tests.Protection;

public sealed class TemplateCipherTests
{
    private static readonly TemplatePlace Place = new(
        Guid.Parse("01960000-0000-7000-8000-000000000001"), Guid.Parse("01960000-0000-7000-8000-000000000002"), "dlib",
            Guid.Parse("01960000-0000-7000-8000-000000000003"), DateTimeOffset.UnixEpoch.AddDays(1));
    private static readonly byte[] Encoding = [.. Enumerable.Range(0, 512).Select(i => (byte)i)];

    [Fact]
    public void Decrypt_WhatWasEncrypted_IsTheEncoding()
    {
        using var cipher = Cipher("a");

        var blob = cipher.Encrypt(Place, Encoding);

        TemplateCipher.ReadKeyId(blob).ShouldBe("a");
        cipher.Decrypt(Place, blob).ShouldBe(Encoding);
        cipher.Encrypt(Place, Encoding).ShouldNotBe(blob, "each has a nonce of its own");
    }

    /// <summary>
    /// Encrypted by another program (OpenSSL, from Node.js), so that what older versions stored stays readable for the one time that it is
    /// taken over.
    /// </summary>
    [Fact]
    public void OlderTemplate_ABlobOfTheFirstForm_IsReadThereAndNowhereElse()
    {
        var key = new TemplateKey("key-1", DateTimeOffset.UnixEpoch, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        var row = new TemplateRow
        {
            Id = Place.TemplateId,
            PersonId = Place.PersonId,
            EncoderId = Place.EncoderId,
            Encoding = Convert.FromHexString(
                "01056B65792D310102030405060708090A0B0CD6605DE491E4392B71F902460D90C250768322A189F19EA62EDB172263338543"),
            KeyId = "key-1",
            ConsentId = null,
            CreatedAt = DateTimeOffset.UnixEpoch,
            CreatedBy = "test",
        };

        OlderTemplate.ReadKeyId(row).ShouldBe("key-1");
        OlderTemplate.Open(row, key).ShouldBe("sixteen bytes ok"u8.ToArray());
        using var cipher = new TemplateCipher(key);
        Should.Throw<CryptographicException>(() => cipher.Decrypt(Place, row.Encoding));
    }

    [Fact]
    public void Decrypt_AnyByteIsChanged_IsRefused()
    {
        using var cipher = Cipher("a");
        var blob = cipher.Encrypt(Place, Encoding);
        for (var i = 0; i < blob.Length; i++)
        {
            var changed = blob.ToArray();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => cipher.Decrypt(Place, changed), $"byte {i}");
        }

        for (var length = 0; length < blob.Length; length++)
        {
            Should.Throw<CryptographicException>(() => cipher.Decrypt(Place, blob.AsSpan(0, length)), $"{length} bytes");
        }
    }

    [Fact]
    public void Decrypt_AnotherPlaceOrKey_IsRefused()
    {
        using var cipher = Cipher("a");
        var blob = cipher.Encrypt(Place, Encoding);

        Should.Throw<CryptographicException>(() => cipher.Decrypt(Place with { TemplateId = Guid.NewGuid() }, blob));
        Should.Throw<CryptographicException>(() => cipher.Decrypt(Place with { PersonId = Guid.NewGuid() }, blob));
        Should.Throw<CryptographicException>(() => cipher.Decrypt(Place with { EncoderId = "dlib2" }, blob));
        Should.Throw<CryptographicException>(() => cipher.Decrypt(Place with { ConsentId = Guid.NewGuid() }, blob));
        Should.Throw<CryptographicException>(() => cipher.Decrypt(Place with { ConsentId = null }, blob));
        Should.Throw<CryptographicException>(() => cipher.Decrypt(Place with { CreatedAt = DateTimeOffset.UnixEpoch }, blob));
        using var other = Cipher("a");
        Should.Throw<CryptographicException>(() => other.Decrypt(Place, blob));
        using var named = Cipher("b");
        Should.Throw<CryptographicException>(() => named.Decrypt(Place, blob)).Message.ShouldContain("another key");
    }

    private static TemplateCipher Cipher(string id) =>
        new(new TemplateKey(id, DateTimeOffset.UnixEpoch, RandomNumberGenerator.GetBytes(TemplateKey.SizeInBytes)));
}

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
        Should.Throw<CryptographicException>(() => cipher.Decrypt(Place with { CreatedAt = DateTimeOffset.UnixEpoch }, blob));
        using var other = Cipher("a");
        Should.Throw<CryptographicException>(() => other.Decrypt(Place, blob));
        using var named = Cipher("b");
        Should.Throw<CryptographicException>(() => named.Decrypt(Place, blob)).Message.ShouldContain("another key");
    }

    private static TemplateCipher Cipher(string id) =>
        new(new TemplateKey(id, DateTimeOffset.UnixEpoch, RandomNumberGenerator.GetBytes(TemplateKey.SizeInBytes)));
}

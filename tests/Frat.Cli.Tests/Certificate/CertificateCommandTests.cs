using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frat.Cli.Tests.Certificate;

/// <summary>Certificates that browsers and tablets take, and keys that nobody else reads.</summary>
public sealed class CertificateCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Create_NamesAndAddresses_MakesWhatBrowsersAsk()
    {
        var run = await CreateAsync("door.example.com", "*.Example.com", "bücher.example", "192.168.1.20", "fd00::5");

        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(File("frat-ca.crt"));
        using var leaf = X509Certificate2.CreateFromPemFile(File("frat.crt"), File("frat.key"));
        run.Output.ReplaceLineEndings("").ShouldContain(
            string.Join(":", Convert.ToHexString(SHA256.HashData(authority.RawData)).Chunk(2).Select(pair => new string(pair))));

        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        names.EnumerateDnsNames().ShouldBe(["door.example.com", "*.example.com", "xn--bcher-kva.example"]);
        names.EnumerateIPAddresses().Select(address => address.ToString()).ShouldBe(["192.168.1.20", "fd00::5"]);
        leaf.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value.ShouldBe("1.2.840.10045.3.1.7");
        (leaf.NotAfter - leaf.NotBefore).ShouldBe(TimeSpan.FromDays(397));
        leaf.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority.ShouldBeFalse();
        leaf.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages.ShouldBe(X509KeyUsageFlags.DigitalSignature);
        leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Single().Value
            .ShouldBe("1.3.6.1.5.5.7.3.1");
        var constraints = authority.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        (constraints.CertificateAuthority, constraints.PathLengthConstraint).ShouldBe((true, 0));
        leaf.MatchesHostname("door.example.com").ShouldBeTrue();
        IsTrusted(leaf, authority).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            System.IO.File.GetUnixFileMode(File("frat.key")).ShouldBe(OwnerOnly);
            System.IO.File.GetUnixFileMode(File("frat-ca.key")).ShouldBe(OwnerOnly);
        }
    }

    [Fact]
    public async Task Create_SomethingIsThere_LeavesAllAsItIs()
    {
        await CreateAsync("door.example.com");
        System.IO.File.Delete(File("frat.crt"));
        var before = Contents();

        var run = await CreateAsync("door.example.com");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("frat-ca.key is there already");
        Contents().ShouldBe(before);
    }

    [Fact]
    public async Task Renew_WithAndWithoutNames_MakesANewKeyThatTheOldAuthorityVouchesFor()
    {
        await CreateAsync("door.example.com", "192.168.1.20");
        var (key, trusted) = (System.IO.File.ReadAllText(File("frat.key")), System.IO.File.ReadAllText(File("frat-ca.crt")));

        (await RunAsync("renew", "--days", "825")).ExitCode.ShouldBe(0);

        System.IO.File.ReadAllText(File("frat-ca.crt")).ShouldBe(trusted);
        System.IO.File.ReadAllText(File("frat.key")).ShouldNotBe(key);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(File("frat-ca.crt"));
        using (var leaf = X509Certificate2.CreateFromPemFile(File("frat.crt"), File("frat.key")))
        {
            (leaf.NotAfter - leaf.NotBefore).ShouldBe(TimeSpan.FromDays(825));
            leaf.MatchesHostname("door.example.com").ShouldBeTrue();
            leaf.MatchesHostname("192.168.1.20").ShouldBeTrue();
            IsTrusted(leaf, authority).ShouldBeTrue();
        }

        (await RunAsync("renew", "gate.example.com")).ExitCode.ShouldBe(0);
        using var other = X509CertificateLoader.LoadCertificateFromFile(File("frat.crt"));
        (other.MatchesHostname("gate.example.com"), other.MatchesHostname("door.example.com")).ShouldBe((true, false));
    }

    [Theory]
    [InlineData("is neither a name", "create", "no name")]
    [InlineData("is neither a name", "create", "door.example.com", "10.0.0.0/8")]
    [InlineData("is neither a name", "create", "https://door.example.com")]
    [InlineData("--days takes 1 to 825", "create", "door.example.com", "--days", "826")]
    public async Task Create_WhatNoBrowserTakes_IsRefusedAndMakesNothing(string sentence, params string[] args)
    {
        var run = await RunAsync(args);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(sentence);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Renew_WithoutAnAuthority_SaysSo()
    {
        var run = await RunAsync("renew", "door.example.com");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("frat-ca.crt");
    }

    private static bool IsTrusted(X509Certificate2 leaf, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        return chain.Build(leaf);
    }

    private string File(string name) => Path.Combine(_folder.Path, name);

    private string[] Contents() => [.. Directory.GetFiles(_folder.Path).Order().Select(System.IO.File.ReadAllText)];

    private Task<FratRun> CreateAsync(params string[] names) => RunAsync(["create", .. names]);

    private Task<FratRun> RunAsync(params string[] args) => FratRun.Of(["certificate", .. args, "--folder", _folder.Path]);
}

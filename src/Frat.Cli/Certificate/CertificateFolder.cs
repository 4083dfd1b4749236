using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frat.Cli.Certificate;

/// <summary>The four files: authority and server, certificate and key. Keys are for their owner alone.</summary>
internal sealed class CertificateFolder(DirectoryInfo folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public string Authority { get; } = Path.Combine(folder.FullName, "frat-ca.crt");

    public string AuthorityKey { get; } = Path.Combine(folder.FullName, "frat-ca.key");

    public string Leaf { get; } = Path.Combine(folder.FullName, "frat.crt");

    public string LeafKey { get; } = Path.Combine(folder.FullName, "frat.key");

    /// <summary>The first of the four that is there.</summary>
    public string? FindAny() => new[] { AuthorityKey, Authority, LeafKey, Leaf }.FirstOrDefault(Path.Exists);

    /// <summary>Reads the authority with its key.</summary>
    /// <exception cref="CryptographicException">The files are none, or don't belong together.</exception>
    public X509Certificate2 ReadAuthority() => X509Certificate2.CreateFromPemFile(Authority, AuthorityKey);

    public X509Certificate2 ReadLeaf() => X509CertificateLoader.LoadCertificateFromFile(Leaf);

    /// <summary>Writes the authority; refuses to replace anything.</summary>
    public void WriteAuthority(X509Certificate2 authority)
    {
        folder.Create();
        Create(AuthorityKey, KeyOf(authority), OwnerOnly);
        Create(Authority, authority.ExportCertificatePem(), Readable);
    }

    /// <summary>Writes the server's certificate and key, in place of those that are there.</summary>
    public void WriteLeaf(X509Certificate2 leaf)
    {
        Replace(LeafKey, KeyOf(leaf), OwnerOnly);
        Replace(Leaf, leaf.ExportCertificatePem(), Readable);
    }

    private static string KeyOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    // Each is there whole or not at all: a host may look at any moment.
    private static void Replace(string path, string text, UnixFileMode mode)
    {
        var partial = $"{path}.{Path.GetRandomFileName()}.partial";
        try
        {
            Create(partial, text, mode);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    private static void Create(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(text + "\n"));
        file.Flush(flushToDisk: true);
    }
}

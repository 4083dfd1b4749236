using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frat.Cli.Certificate;

/// <summary>
/// Makes a certificate authority of one's own and certificates for servers, as browsers, iOS and Android take them: keys on P-256, names as
/// alternative names, at most 825 days.
/// </summary>
internal static class CertificateMaker
{
    /// <summary>What iOS takes of an authority that somebody added by hand.</summary>
    public const int MaxDays = 825;

    private const int AuthorityYears = 10;
    private const int SerialBytes = 16;

    // The clock of a tablet may be behind.
    private static readonly TimeSpan Behind = TimeSpan.FromHours(1);

    /// <summary>Makes an authority that signs servers' certificates, and nothing that signs further ones.</summary>
    /// <param name="name">What tablets show it as.</param>
    /// <param name="now">When.</param>
    public static X509Certificate2 CreateAuthority(string name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = RequestFor(name, key);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - Behind, now.AddYears(AuthorityYears));
    }

    /// <summary>Makes a server's certificate.</summary>
    /// <param name="authority">The authority, with its key.</param>
    /// <param name="names">What the server is called by.</param>
    /// <param name="days">How long it holds; it ends before its authority does.</param>
    /// <param name="now">When.</param>
    /// <returns>The certificate, with its key.</returns>
    public static X509Certificate2 CreateLeaf(X509Certificate2 authority, ServerNames names, int days, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = RequestFor(names.First, key);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "TLS server")], critical: false));
        request.CertificateExtensions.Add(names.ToExtension());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40); // Positive, and always as long.
        var from = now - Behind;
        var until = from.AddDays(days);
        var end = new DateTimeOffset(authority.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        using var leaf = request.Create(authority, from, until < end ? until : end, serial);
        return leaf.CopyWithPrivateKey(key);
    }

    private static CertificateRequest RequestFor(string name, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name.Length <= 64 ? name : name[..64]); // X.520 has no room for more.
        return new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
    }
}

/// <summary>What a server is called by: names and addresses.</summary>
internal sealed class ServerNames
{
    private readonly List<string> _names = [];
    private readonly List<IPAddress> _addresses = [];

    /// <summary>The first that was added.</summary>
    public string First { get; private set; } = "";

    /// <summary>All of them, as people write them.</summary>
    public IEnumerable<string> All => [.. _names, .. _addresses.Select(address => address.ToString())];

    /// <summary>Those of a certificate.</summary>
    public static ServerNames Of(X509Certificate2 certificate)
    {
        var names = new ServerNames();
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            foreach (var name in extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(ip => ip.ToString())))
            {
                names.TryAdd(name);
            }
        }

        return names;
    }

    /// <summary>Adds a name, also one with a star in front or with letters beyond ASCII, or an address.</summary>
    /// <returns>False when it is neither.</returns>
    public bool TryAdd(string text)
    {
        if (IPAddress.TryParse(text, out var address) && text.Contains(address.GetAddressBytes().Length == 4 ? '.' : ':'))
        {
            _addresses.Add(address);
        }
        else if (ToAscii(text) is { } name)
        {
            _names.Add(name);
        }
        else
        {
            return false;
        }

        First = First.Length == 0 ? All.First() : First;
        return true;
    }

    public X509Extension ToExtension()
    {
        var builder = new SubjectAlternativeNameBuilder();
        _names.ForEach(builder.AddDnsName);
        _addresses.ForEach(builder.AddIpAddress);
        return builder.Build();
    }

    private static string? ToAscii(string text)
    {
        var isWild = text.StartsWith("*.", StringComparison.Ordinal);
        try
        {
            var name = new System.Globalization.IdnMapping { UseStd3AsciiRules = true }.GetAscii(isWild ? text[2..] : text);
            return Uri.CheckHostName(name) == UriHostNameType.Dns && !name.EndsWith('.')
                ? (isWild ? "*." : "") + name.ToLowerInvariant()
                : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>docs/deploy.md, followed: its certificate and its settings, at other ports and in a folder of the test's.</summary>
internal sealed class DeploymentGuide : IDisposable
{
    public const string Name = "frat.example.com";

    private const string TlsFolder = "/etc/frat/tls";

    private readonly TemporaryFolder _folder = new();
    private readonly string _text = File.ReadAllText(Path.Combine(HostProcess.Root, "docs", "deploy.md"));

    public string Folder => _folder.Path;

    public string Tls => _folder.File("tls");

    public void Dispose() => _folder.Dispose();

    /// <summary>A block of the guide.</summary>
    public string Block(string language)
    {
        var start = _text.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return _text[start.._text.IndexOf("```", start, StringComparison.Ordinal)].Replace(TlsFolder, Tls, StringComparison.Ordinal);
    }

    /// <summary>Runs one of its commands, by how the line begins.</summary>
    public async Task RunAsync(string beginning)
    {
        var line = _text.Split('\n').Single(line => line.StartsWith(beginning, StringComparison.Ordinal))
            .Replace(TlsFolder, Tls, StringComparison.Ordinal);
        using var frat = Process.Start("dotnet", [HostProcess.Built("src", "Frat.Cli"), .. line.Split(' ').Skip(1)]);
        await frat.WaitForExitAsync();
        frat.ExitCode.ShouldBe(0, line);
    }

    /// <summary>A browser on a tablet that trusts the authority.</summary>
    /// <param name="port">The server's, on this machine.</param>
    /// <param name="from">The address that it has.</param>
    /// <param name="byAnyName">Whether it doesn't mind what the server is called: as programs do that are led astray.</param>
    public HttpClient Visit(int port, string from = "127.0.0.1", bool byAnyName = false)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(Path.Combine(Tls, "frat-ca.crt"));
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.CertificateChainPolicy = trust;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) =>
            (byAnyName ? errors & ~SslPolicyErrors.RemoteCertificateNameMismatch : errors) == SslPolicyErrors.None;
        return new HttpClient(handler) { BaseAddress = new Uri($"https://{Name}:{port}") };
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Frat.TestKit;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>Debian's nginx on this machine, with a server of the test's.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private NginxServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <param name="folder">For all that it writes.</param>
    /// <param name="server">The block, which listens on 443 and passes on to port 5000.</param>
    /// <param name="host">Where the host is instead.</param>
    public static async Task<NginxServer> StartAsync(string folder, string server, Uri host)
    {
        var port = FreePort();
        server = server.Replace("listen 443 ssl;", $"listen 127.0.0.1:{port} ssl;", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5000", host.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        var settings = Path.Combine(folder, "nginx.conf");
        var places = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }
            .Select(kind => $"{kind}_temp_path {folder}/{kind};\n"));
        await File.WriteAllTextAsync(settings, $$"""
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 1;
            daemon off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events {}
            http {
            access_log off;
            {{places}}
            {{server}}
            }
            """);
        var nginx = new NginxServer(Process.Start(Nginx.Program, ["-p", folder, "-e", $"{folder}/error.log", "-c", settings]), port);
        for (var start = Stopwatch.GetTimestamp(); ; await Task.Delay(20))
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return nginx;
            }
            catch (SocketException) when (!nginx._process.HasExited && Stopwatch.GetElapsedTime(start) < Patience)
            {
                // Not yet.
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await stop.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

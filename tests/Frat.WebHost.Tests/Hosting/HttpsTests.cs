using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Frat.WebHost.Tests.Accounts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>HTTPS as docs/deploy.md tells it.</summary>
public sealed class HttpsTests : IDisposable
{
    private const string Claimed = "203.0.113.9";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly DeploymentGuide _guide = new();

    public void Dispose() => _guide.Dispose();

    [Fact]
    public async Task Nginx_AsDocumented_KeepsSchemeClientCookiesEventsAndLimits()
    {
        await _guide.RunAsync("frat certificate create ");
        await using var host = new ProxiedHost();
        await host.SetUpAsync();
        await using var nginx = await NginxServer.StartAsync(_guide.Folder, _guide.Block("nginx"), host.Address);
        using var stranger = _guide.Visit(nginx.Port, from: "127.0.0.2");
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", Claimed);
        stranger.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example.com");

        // The client is whom nginx sees, whatever the client says.
        using (var refused = await SignInHost.TrySignInAsync(stranger, SignInHost.Administrator, "wrong password"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await FailAsync(stranger);
        WaitsOf(host, "127.0.0.2", Claimed, "127.0.0.1").ShouldBe([true, false, false]);

        using var visitor = _guide.Visit(nginx.Port, from: "127.0.0.3");
        using (var page = await visitor.GetAsync(new Uri("/sign-in", UriKind.Relative)))
        {
            page.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=2592000"]);
            page.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("; secure", StringComparison.Ordinal));
        }

        using (var signedIn = await SignInHost.TrySignInAsync(visitor, SignInHost.Administrator, SignInHost.Password))
        {
            signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("frat.session", StringComparison.Ordinal))
                .ShouldContain("; secure");
        }

        using var strangeName = new HttpRequestMessage(HttpMethod.Get, "/api/v1/people") { Headers = { Host = "evil.example.com" } };
        using (var astray = _guide.Visit(nginx.Port, byAnyName: true))
        using (var refused = await astray.SendAsync(strangeName))
        {
            (await Answer.ReadAsync(refused)).Problem.ShouldBe((400, "hostNotAllowed"));
        }

        // What happens is told as it happens, and a photo above nginx's own limit comes through.
        using var events = await visitor.GetAsync(new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        var told = ReadUntilAsync(reader, "event: punch");
        var photos = Photos.People[0];
        var registered = await visitor.SendAsync(
            "/api/v1/people", Calls.Registration("1", "Ada", [Photos.WithComments(photos[0], 3_000_000)]));
        registered.Status.ShouldBe(201, registered.Json?.ToString());
        (await visitor.CheckInAsync(photos[1]))["outcome"].ShouldBe("recognized");
        await told.WaitAsync(Soon);

        // A body that is too long is refused: in the host's words, or in nginx's, where the host hung up before it had sent all of it.
        (await visitor.SendAsync("/api/v1/people/1/revoke", new StringContent(new string(' ', 100_000)))).Problem
            .ShouldBeOneOf((413, "requestTooLarge"), (502, "no problem"));
    }

    [Fact]
    public async Task Headers_OfAnyoneButAConfiguredProxy_ChangeNothing()
    {
        await using var host = new ProxiedHost();
        await host.SetUpAsync();
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.5"), 0));
                await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", Claimed);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", DeploymentGuide.Name);

        using (var page = await client.GetAsync(new Uri("/sign-in", UriKind.Relative)))
        {
            page.Headers.Contains("Strict-Transport-Security").ShouldBeFalse("it was no HTTPS");
            page.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => !cookie.Contains("; secure", StringComparison.Ordinal));
        }

        await FailAsync(client);
        WaitsOf(host, "127.0.0.5", Claimed).ShouldBe([true, false]);
    }

    [Theory]
    [InlineData("Frat__Proxies", "10.0.0.0/33", "Frat:Proxies")]
    [InlineData("Frat__Proxies", "127.0.0.1, proxy", "'proxy' is neither an address nor a network")]
    [InlineData("Frat__Proxies", "0.0.0.0/0", "is everybody")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true", "name the proxies in Frat:Proxies")]
    public async Task Start_ProxiesThatWouldLetAnyoneSayWhoTheyAre_EndsWithASentence(string key, string value, string sentence)
    {
        await using var host = await HostProcess.TryStartAsync(_guide.Folder, "http://127.0.0.1:0", (key, value));

        host.HasEnded.ShouldBeTrue();
        host.Errors.ShouldContain(sentence);
    }

    [Fact]
    public async Task Kestrel_AsDocumented_ServesHttpsAndTakesARenewedCertificate()
    {
        await _guide.RunAsync("frat certificate create ");
        var settings = Flatten(JsonDocument.Parse(_guide.Block("json")).RootElement, "").ToDictionary();
        settings["Kestrel__Endpoints__Https__Url"].ShouldBe("https://0.0.0.0:443");
        settings["Kestrel__Endpoints__Https__Url"] = $"https://127.0.0.1:{NginxServer.FreePort()}";
        await using var host = await HostProcess.StartAsync(_guide.Folder, [.. settings.Select(pair => (pair.Key, pair.Value))]);
        var port = host.Client.BaseAddress!.Port;

        using (var visitor = _guide.Visit(port))
        using (var page = await visitor.GetAsync(new Uri("/", UriKind.Relative)))
        {
            page.EnsureSuccessStatusCode();
            page.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=2592000"]);
        }

        await _guide.RunAsync("frat certificate renew ");
        var renewed = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_guide.Tls, "frat.crt")).SerialNumber;
        using var patience = new CancellationTokenSource(Soon);
        while (await SerialAsync(port) != renewed)
        {
            await Task.Delay(200, patience.Token);
        }
    }

    private static async Task FailAsync(HttpClient client)
    {
        for (var i = 0; i < SignInAttempts.FreeFailures; i++)
        {
            using var refused = await SignInHost.TrySignInAsync(client, "nobody", "wrong password");
        }
    }

    private static IEnumerable<bool> WaitsOf(SignInHost host, params string[] addresses) => addresses.Select(
        address => host.Services.GetRequiredService<SignInAttempts>().WaitOf(IPAddress.Parse(address)) > TimeSpan.Zero);

    private static async Task ReadUntilAsync(StreamReader reader, string text)
    {
        while (await reader.ReadLineAsync() is { } line && !line.StartsWith(text, StringComparison.Ordinal))
        {
        }
    }

    // Null where nobody listens: Kestrel closes the door for a moment while it takes the new certificate.
    private static async Task<string?> SerialAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException)
        {
            return null;
        }

        using var tls = new System.Net.Security.SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(DeploymentGuide.Name);
        return new X509Certificate2(tls.RemoteCertificate!).SerialNumber;
    }

    private static IEnumerable<KeyValuePair<string, string>> Flatten(JsonElement json, string path) =>
        json.ValueKind == JsonValueKind.Object
            ? json.EnumerateObject().SelectMany(member => Flatten(member.Value, path + (path.Length > 0 ? "__" : "") + member.Name))
            : [KeyValuePair.Create(path, json.ToString())];

    /// <summary>The host with accounts, behind a proxy of this machine.</summary>
    private sealed class ProxiedHost : SignInHost
    {
        public ProxiedHost()
        {
            UseKestrel(0);
            StartServer();
            Address = ClientOptions.BaseAddress;
        }

        public Uri Address { get; }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Frat:Proxies", "127.0.0.1");
            builder.UseSetting("Frat:Hosts", DeploymentGuide.Name);
            builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton(TimeProvider.System)));
        }
    }
}

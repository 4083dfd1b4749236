using System.Net;
using System.Net.Sockets;
using Frat.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Frat.AspNetCore.Tests.Events;

/// <summary>A host whose events are followed, on a database that others may share.</summary>
internal sealed class EventHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EventHost(WebApplication app) => _app = app;

    public static DateTimeOffset Start { get; } = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time => (FakeTimeProvider)_app.Services.GetRequiredService<TimeProvider>();

    public WatchedLog Log => (WatchedLog)_app.Services.GetRequiredService<IAttendanceLog>();

    public IServiceProvider Services => _app.Services;

    public static async Task<EventHost> StartAsync(InMemoryDatabase? database = null, FakeTimeProvider? time = null, bool kestrel = false)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        if (kestrel)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Services.AddSingleton<TimeProvider>(time ?? new FakeTimeProvider(Start));
        builder.Services.AddFrat(frat => frat.Site.TimeZone = "Etc/UTC").UseInMemoryStore(database).UseFakeFaces()
            .Decorate<IAttendanceLog>((inner, _) => new WatchedLog(inner));
        builder.Services.AddFratEndpoints();
        var app = builder.Build();
        app.MapFrat();
        await app.StartAsync();
        return new EventHost(app);
    }

    public HttpClient CreateClient() => _app.Services.GetService<Microsoft.AspNetCore.Hosting.Server.IServer>() is TestServer server
        ? server.CreateClient()
        : new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };

    /// <summary>A client of the host on Kestrel that comes from another of the machine's own addresses.</summary>
    public HttpClient CreateClientFrom(IPAddress address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = new Uri(_app.Urls.Single()) };

    /// <summary>Opens a stream of events, and reads what it begins with.</summary>
    public async Task<EventStream> FollowAsync(string? lastEventId = null)
    {
        var stream = await EventStream.OpenAsync(CreateClient(), lastEventId);
        (await stream.NextAsync()).EventType.ShouldBe("heartbeat");
        return stream;
    }

    /// <summary>Lets the host look for what is new, once more.</summary>
    public void Tick() => Time.Advance(TimeSpan.FromSeconds(1));

    public async Task<string> EnrollAsync(string name = "Ada")
    {
        var id = Guid.NewGuid().ToString();
        await Services.GetRequiredService<IPersonStore>().EnrollAsync(
            new Enrollment
            {
                EmployeeId = id, Name = name, Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
            });
        return id;
    }

    /// <summary>Records a punch by PIN.</summary>
    /// <returns>The punch's id.</returns>
    public async Task<Guid> PunchAsync(string id)
    {
        using var client = CreateClient();
        var answer = await client.PostAsync($"/people/{id}/punches/pin", new { });
        return Guid.Parse(answer.Json!["punch"]!["id"]!.ToString());
    }

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

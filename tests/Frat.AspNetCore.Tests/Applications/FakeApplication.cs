using Frat.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Frat.AspNetCore.Tests.Applications;

/// <summary>FRAT's endpoints on a store in memory, with faces that are made up, and a clock that stands still.</summary>
public sealed class FakeApplication : IAsyncLifetime
{
    /// <summary>With this header, a caller's clock is trusted.</summary>
    public const string TrustedHeader = "X-Trusted";

    private WebApplication? _app;

    /// <summary>A Monday: 08:00 at the site, 09:00 in Berlin.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public IServiceProvider Services => _app!.Services;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        builder.Services.AddFrat(frat =>
        {
            frat.Site.TimeZone = "Etc/UTC";
            frat.Sites.Add("berlin", new SiteOptions { TimeZone = "Europe/Berlin" });
        }).UseInMemoryStore().UseFakeFaces();
        builder.Services.AddFratEndpoints(
            endpoints => endpoints.TrustsClockOf = context => context.Request.Headers.ContainsKey(TrustedHeader));
        _app = builder.Build();
        _app.MapFrat();
        await _app.StartAsync();
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    public HttpClient CreateClient(bool isTrusted = true)
    {
        var client = _app!.GetTestClient();
        if (isTrusted)
        {
            client.DefaultRequestHeaders.Add(TrustedHeader, "1");
        }

        return client;
    }

    /// <summary>Registers somebody, by the one photo that the tests have of whom they mean.</summary>
    public async Task<string> RegisterAsync(string face)
    {
        var id = Guid.NewGuid().ToString();
        using var client = CreateClient();
        (await client.SendFormAsync(
            "/people", [("employeeId", id), ("name", face), ("consent", "1"), ("photo", FakeFaces.PhotoOf(face))])).Status.ShouldBe(201);
        return id;
    }

    /// <summary>The punches of a person, as the store has them.</summary>
    public async Task<List<Punch>> PunchesOfAsync(string employeeId)
    {
        var person = await Services.GetRequiredService<IPersonStore>().FindAsync(employeeId);
        var punches = new List<Punch>();
        await foreach (var punch in Services.GetRequiredService<IAttendanceLog>()
            .ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue, person!.Id))
        {
            punches.Add(punch);
        }

        return punches;
    }
}

/// <summary>One such application for all tests that don't mind who else is registered.</summary>
[CollectionDefinition(Name)]
public sealed class SharedFakeApplication : ICollectionFixture<FakeApplication>
{
    public const string Name = "Fake application";
}

using Frat.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>Ready is a host at whose door a check-in would work; alive is one that answers at all.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Ready_HostAtWork_IsHealthy()
    {
        await using var host = new TestHost();
        using var client = host.CreateClient();

        (await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe("Healthy");
        (await client.GetStringAsync(new Uri("/health/live", UriKind.Relative))).ShouldBe("Healthy");
    }

    [Fact]
    public async Task Ready_KeysAreGone_IsUnhealthyWhileTheHostLives()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(folder.Path);
        (await host.Client.RegisterAsync("1", "Ada", Photos.People[0][0])).Status.ShouldBe(201); // With no template, a new key is made.
        (await StatusAsync(host.Client, "ready")).ShouldBe(200);

        File.Move(folder.File("frat.db.keys"), folder.File("gone"));

        await UntilAsync(host.Client, 503);
        (await StatusAsync(host.Client, "live")).ShouldBe(200);
        for (var tries = 0; tries < 100 && !host.Output.Contains("This host is not ready:", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(100); // The answer may be faster than the line.
        }

        host.Output.ShouldContain("This host is not ready:");
        File.Move(folder.File("gone"), folder.File("frat.db.keys"));
        await UntilAsync(host.Client, 200);
    }

    [Fact]
    public async Task Ready_DiskIsFull_IsUnhealthyUntilThereIsRoomAgain()
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.TryCreate(megabytes: 16);
        await using var host = await HostProcess.StartAsync(disk?.Folder ?? folder.Path);
        (await StatusAsync(host.Client, "ready")).ShouldBe(200);

        using (disk?.Fill())
        {
            await UntilAsync(host.Client, disk is null ? 200 : 503); // Where nothing may be mounted, the disk isn't full.
            (await StatusAsync(host.Client, "live")).ShouldBe(200);
        }

        await UntilAsync(host.Client, 200);
    }

    // A gallery that follows nothing any more: the clock goes on, and no refresh does.
    [Fact]
    public async Task Ready_GalleryIsStuck_IsUnhealthy()
    {
        await using var host = new StuckHost();
        using var client = host.CreateClient();
        (await StatusAsync(client, "ready")).ShouldBe(503, "it is not filled yet");
        await host.Services.GetRequiredService<FaceGallery>().RefreshAsync();
        (await StatusAsync(client, "ready")).ShouldBe(200);

        host.Time.Advance(ReadyHealthCheck.MaxGalleryAge + TimeSpan.FromSeconds(1));

        (await StatusAsync(client, "ready")).ShouldBe(503);
        (await StatusAsync(client, "live")).ShouldBe(200);
        await host.Services.GetRequiredService<FaceGallery>().RefreshAsync();
        (await StatusAsync(client, "ready")).ShouldBe(200);
    }

    // What fails behind a host that still checks people in is seen where operators look.
    [Fact]
    public async Task Ready_WhatWasForgottenIsHeldByAnotherProgram_IsDegradedUntilThatLetsGo()
    {
        await using var host = new ServedHost();
        using var client = host.CreateClient();
        (await client.RegisterAsync("1", "Ada", Photos.People[0][0])).Status.ShouldBe(201);
        await using (var other = new SqliteConnection($"Data Source={host.Database};Pooling=False;Mode=ReadOnly"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: true);
            await using var read = new SqliteCommand("SELECT count(*) FROM people", other, transaction);
            await read.ExecuteScalarAsync();

            (await client.RemoveAsync("/api/v1/people/1")).Status.ShouldBe(204);

            await UntilAsync(client, "Degraded");
            host.Log.ShouldContain(
                line => line.Contains("erasure: What was deleted is still in the database's log", StringComparison.Ordinal));
            (await client.RegisterAsync("2", "Grace", Photos.People[1][0])).Status.ShouldBe(201);
            (await client.CheckInAsync(Photos.People[1][1]))["outcome"].ShouldBe("recognized");
        }

        await UntilAsync(client, "Healthy");
    }

    private static async Task UntilAsync(HttpClient client, string answer)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative), limit.Token) != answer)
        {
            await Task.Delay(200, limit.Token); // The store tries each second.
        }
    }

    private static async Task UntilAsync(HttpClient client, int status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await StatusAsync(client, "ready") != status)
        {
            await Task.Delay(200, limit.Token); // The store remembers its last answer for some seconds.
        }
    }

    private static async Task<int> StatusAsync(HttpClient client, string what)
    {
        using var response = await client.GetAsync(new Uri("/health/" + what, UriKind.Relative));
        return (int)response.StatusCode;
    }

    private sealed class StuckHost : TestHost
    {
        public FakeTimeProvider Time { get; } = new(Now);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            Microsoft.AspNetCore.TestHost.WebHostBuilderExtensions.ConfigureTestServices(builder, services =>
            {
                services.AddSingleton<TimeProvider>(Time);
                foreach (var follower in services.Where(service => service.ImplementationType?.Name == "GalleryFollower").ToList())
                {
                    services.Remove(follower);
                }
            });
        }
    }
}

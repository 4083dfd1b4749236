using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Frat.Dlib;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>
/// Whoever comes first after a start waits no longer than whoever comes next; and who was let in before the end is answered.
/// </summary>
public sealed class WarmStartTests : IDisposable
{
    private const int CheckIns = 12;

    // A host that isn't warm needs some thirty times the time of the next ones.
    private const double AtMost = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_OfAWarmHost_HasEncodedAFaceAndStoredNothing()
    {
        var encoded = new ConcurrentQueue<object?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: DlibTelemetry.MeterName, Name: "frat.dlib.faces.encoded" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => encoded.Enqueue(instrument.Meter.Scope));
        listener.Start();

        await using var host = new WarmHost();
        using var client = host.CreateClient();

        encoded.ShouldContain(host.Services.GetRequiredService<IMeterFactory>(), "the drawing is a face, and went all the way");
        Count(host.Database, "people", "templates", "consents", "punches", "attendance_days", "template_changes").ShouldBe(0);
    }

    [Fact]
    public async Task Process_StartedAndStopped_IsFastAtOnceAndFinishesWhatItAccepted()
    {
        var person = Photos.People[0];
        await using (var first = await HostProcess.StartAsync(_folder.Path))
        {
            (await first.Client.RegisterAsync("1", "Ada", person[0])).Status.ShouldBe(201);
        }

        await using var host = await HostProcess.StartAsync(_folder.Path, ("Frat__WarmUp", "true"));
        host.Output.ShouldContain("Warm after");
        host.Output.ShouldNotContain("may take longer");
        var times = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            var start = Stopwatch.GetTimestamp();
            (await host.Client.CheckInAsync(person[1]))["outcome"].ShouldBe("recognized");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times[0].ShouldBeLessThan(AtMost * times.Skip(1).Order().ElementAt(4), string.Join(" ", times));
        var before = Count(_folder.File("frat.db"), "punches");

        // Somebody who watches must not hold the end up.
        using var watching = await host.Client.GetAsync(
            new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        watching.EnsureSuccessStatusCode();
        var sent = Enumerable.Range(0, CheckIns).Select(_ => host.Client.CheckInAsync(person[1])).ToList();
        await Task.WhenAny(sent);

        (await host.StopAsync(Patience)).ShouldBe(0);

        (await Task.WhenAll(sent)).ShouldAllBe(answer => answer["outcome"] == "recognized");
        Count(_folder.File("frat.db"), "punches").ShouldBe(before + CheckIns);
    }

    private static long Count(string database, params string[] tables)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are this test's own.
        command.CommandText = "SELECT " + string.Join(" + ", tables.Select(table => $"(SELECT count(*) FROM {table})"));
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    private sealed class WarmHost : TestHost
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Frat:WarmUp", "true");
        }
    }
}

using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>What the host sends to a collector, with a real one on this machine, and with one that never answers.</summary>
public sealed class TelemetryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // The SDK's own bounds: what waits, and what is under way.
    private const int MostWaiting = 2048 + 512;

    [Fact]
    public async Task Telemetry_WithACollector_HasAllOfFratsAndNothingOfAnybody()
    {
        await using var collector = await Collector.StartAsync();
        await using var host = new ServedHost([.. Settings(collector), ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=gate-7")]);
        using var client = new HttpClient { BaseAddress = host.Address };

        (await client.RegisterAsync("ID-5521", "Wilhelmina Quux", Photos.People[0][0])).Status.ShouldBe(201);
        (await client.CheckInAsync(Photos.People[0][1]))["outcome"].ShouldBe("recognized");
        using var page = await client.GetAsync(new Uri("/people/person?id=ID-5521", UriKind.Relative));
        page.EnsureSuccessStatusCode();
        (await client.ChangeAsync("/api/v1/people/ID-5521/deactivate", "Norbert Plugh", "left on 1 May")).Status.ShouldBe(200);
        using var search = await client.GetAsync(new Uri("/people?search=Quux", UriKind.Relative));
        using var lost = await client.GetAsync(new Uri("/nowhere/ID-5521", UriKind.Relative));
        host.Services.GetRequiredService<ILogger<TelemetryTests>>().RequestFailedUnexpectedly(
            new InvalidOperationException("Wilhelmina Quux was in the way"));

        await UntilAsync(() => collector.Received("logs").Contains("InvalidOperationException", StringComparison.Ordinal));
        await UntilAsync(() => collector.Received("traces").Contains("/api/v1/people/{employeeId}/deactivate", StringComparison.Ordinal));
        string[] measured =
        [
            "http.server.request.duration", "frat.checkin.duration", "frat.enrollments", "frat.gallery.templates",
            "frat.dlib.step.duration", "dotnet.gc.collections",
        ];
        await UntilAsync(() => measured.All(name => collector.Received("metrics").Contains(name, StringComparison.Ordinal)));
        var (traces, metrics, logs) = (collector.Received("traces"), collector.Received("metrics"), collector.Received("logs"));
        foreach (var name in (string[])
            ["frat.append", "frat.decode", "frat.identify", "frat.dlib.detect", "frat.dlib.embed", "http.response.status_code"])
        {
            traces.ShouldContain(name);
        }

        traces.ShouldNotContain("127.0.0.1", customMessage: "the client's address");
        logs.ShouldContain("A request failed unexpectedly.");
        logs.ShouldContain("exception.stacktrace");
        foreach (var all in (string[])[traces, metrics, logs])
        {
            all.ShouldContain("gate-7");
            all.ShouldContain("service.version");
            foreach (var personal in (string[])["5521", "Quux", "Wilhelmina", "Norbert", "1 May", "search", "JFIF"])
            {
                all.ShouldNotContain(personal);
            }
        }
    }

    [Fact]
    public async Task Telemetry_WithACollectorThatNeverAnswers_CostsACheckInNothing_AndKeepsLittle()
    {
        await using var collector = await Collector.StartAsync(answers: false);
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(folder.Path, Settings(collector));
        (await host.Client.RegisterAsync("1", "Ada", Photos.People[0][0])).Status.ShouldBe(201);
        await UntilAsync(() => collector.Count >= 3);

        for (var i = 0; i < 10; i++)
        {
            // As long as a kiosk waits, and less than half of what the exporter waits for a collector.
            (await host.Client.CheckInAsync(Photos.People[0][1]).WaitAsync(TimeSpan.FromSeconds(4)))["outcome"].ShouldBe("recognized");
        }

        (await host.StopAsync(TimeSpan.FromSeconds(20))).ShouldBe(0);
    }

    [Fact]
    public async Task Spans_ThatNobodyTakes_AreDropped()
    {
        await using var collector = await Collector.StartAsync(answers: false);
        await using var host = new ServedHost(Settings(collector));
        using var source = new ActivitySource("Frat.Test");

        var spans = Make(source, 5 * MostWaiting);

        GC.Collect();
        spans.Count(span => span.TryGetTarget(out _)).ShouldBeInRange(1, MostWaiting);
    }

    [Fact]
    public async Task Host_WithoutACollectorOrWithTelemetryOff_SendsNothing()
    {
        await using var collector = await Collector.StartAsync();
        await using var off = new ServedHost([.. Settings(collector), ("OTEL_SDK_DISABLED", "true")]);
        await using var none = new ServedHost();

        off.Services.GetService<OpenTelemetry.Trace.TracerProvider>().ShouldBeNull();
        none.Services.GetService<OpenTelemetry.Trace.TracerProvider>().ShouldBeNull();
    }

    private static (string Key, string Value)[] Settings(Collector collector) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "100"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
    ];

    private static List<WeakReference<Activity>> Make(ActivitySource source, int count)
    {
        var spans = new List<WeakReference<Activity>>(count);
        for (var i = 0; i < count; i++)
        {
            using var span = source.StartActivity("many");
            spans.Add(new WeakReference<Activity>(span.ShouldNotBeNull()));
        }

        return spans;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var start = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(20))
        {
            Stopwatch.GetElapsedTime(start).ShouldBeLessThan(Patience);
        }
    }
}

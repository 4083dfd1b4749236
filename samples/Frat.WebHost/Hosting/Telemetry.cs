using System.Diagnostics;
using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Frat.WebHost;

/// <summary>
/// Sends spans, measurements and log lines to a collector, where OpenTelemetry's own variables name one. Nothing that is sent says who
/// somebody is; and a collector that is away costs a check-in nothing: what isn't taken in time is dropped.
/// </summary>
internal static class Telemetry
{
    private const string Service = "frat";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (TelemetrySettings.AreOn(builder.Configuration))
        {
            Add(builder);
        }
    }

    // Apart, so that a host without a collector loads nothing of it.
    private static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service, serviceVersion: VersionOf(typeof(Telemetry).Assembly))
                .AddEnvironmentVariableDetector()) // What the site says goes before.
            .WithTracing(spans => spans.AddSource(Names).AddAspNetCoreInstrumentation(calls => calls.Filter = IsOfInterest)
                .AddProcessor<NamelessSpans>())
            .WithMetrics(meters => meters.AddMeter([.. Names, "System.Runtime"]).AddAspNetCoreInstrumentation())
            .WithLogging(logs => logs.AddProcessor<NamelessLogs>(), lines => lines.IncludeFormattedMessage = true)
            .UseOtlpExporter();
        // Below a warning, the framework tells addresses, and with them IDs.
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>("Microsoft", LogLevel.Warning);
        builder.Services.AddHostedService<TelemetryEnd>();
    }

    // All of FRAT's own.
    private static string[] Names => ["Frat", "Frat.*"];

    // Probes come all the time, and files of pages with each page.
    private static bool IsOfInterest(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health")
        && (Addresses.IsForPrograms(context.Request.Path) || !Path.HasExtension(context.Request.Path));

    private static string? VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}

/// <summary>
/// Leaves of the span of a request what says nothing of anybody: addresses have employee IDs, and headers what a client likes.
/// </summary>
internal sealed class NamelessSpans : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type",
    };

    public override void OnEnd(Activity data)
    {
        if (data.Kind != ActivityKind.Server)
        {
            return;
        }

        foreach (var tag in data.TagObjects.Select(tag => tag.Key).Where(tag => !Kept.Contains(tag)).ToList())
        {
            data.SetTag(tag, null);
        }

        data.TraceStateString = null;
        data.SetStatus(data.Status); // Without the words of an exception.
    }
}

/// <summary>Lets an exception go without its words, which may be anything: with what it is, and where it came from.</summary>
internal sealed class NamelessLogs : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } exception)
        {
            return;
        }

        data.Exception = null;
        data.Attributes =
        [
            .. data.Attributes ?? [],
            new("exception.type", exception.GetType().FullName),
            new("exception.stacktrace", string.Join('\n', Chain(exception).Select(one => $"{one.GetType().FullName}\n{one.StackTrace}"))),
        ];
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}

/// <summary>
/// Gives what is still to be sent a moment when the host ends, all at once: a collector that hangs doesn't hold the end up.
/// </summary>
internal sealed class TelemetryEnd(TracerProvider spans, MeterProvider meters, LoggerProvider logs) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        var time = (int)Patience.TotalMilliseconds;
        return Task.WhenAll(
            Task.Run(() => spans.Shutdown(time), CancellationToken.None),
            Task.Run(() => meters.Shutdown(time), CancellationToken.None),
            Task.Run(() => logs.Shutdown(time), CancellationToken.None));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Frat.TestKit;

namespace Frat.Tests;

/// <summary>docs/telemetry.md says what there is, and this is read from what there is.</summary>
public sealed partial class TelemetryTests : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _instruments = new();
    private readonly ConcurrentDictionary<string, string> _tags = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public TelemetryTests()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (IsFrats(instrument.Meter.Name))
            {
                _instruments[instrument.Name] = $"{instrument.Meter.Name} {instrument.Unit}";
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => IsFrats(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private const string SecondEncoder = "Frat.Onnx";

    [Fact]
    public async Task Telemetry_OfAnEnrollmentAndACheckIn_IsWhatTheDocumentSays()
    {
        var photos = DebianPhotos.Johns["John_Salley"].Take(2).ToList();
        await using var host = await FratHost.StartAsync();
        (await host.EnrollAsync("E-1", photos[0])).Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
        _spans.Clear();
        (await host.CheckInAsync(photos[1])).Receipt.ShouldNotBeNull();
        _meters.RecordObservableInstruments();

        var document = Document();
        // Those of the second encoder are held by its own tests: it isn't at work here.
        var documented = InstrumentRow().Matches(document).Where(row => row.Groups["meter"].Value != SecondEncoder).ToDictionary(
            row => row.Groups["name"].Value,
            row => (Where: $"{row.Groups["meter"].Value} {row.Groups["unit"].Value}", Tag: row.Groups["tag"].Value));
        _instruments.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}")
            .ShouldBe(documented.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value.Where}"));
        _tags.ShouldAllBe(measured => documented[measured.Key].Tag == measured.Value);
        _tags.Count.ShouldBeGreaterThan(4); // Measured, and not only there.
        _spans.Select(span => $"{span.Source.Name} {span.OperationName}").Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(SpanRow().Matches(document).Where(row => row.Groups["source"].Value != SecondEncoder)
                .Select(row => $"{row.Groups["source"].Value} {row.Groups["name"].Value}"));
    }

    // A trace is kept elsewhere, by others, for long.
    [Fact]
    public async Task Spans_OfACheckIn_SayNothingOfAnybody()
    {
        var photos = DebianPhotos.Johns["John_Salley"].Take(2).ToList();
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("E-1", photos[0]);

        await host.CheckInAsync(photos[1]);

        _spans.Where(span => span.Source.Name == FratTelemetry.ActivitySourceName).ShouldNotBeEmpty();
        _spans.ShouldAllBe(span => !span.TagObjects.Any() && !span.Baggage.Any() && !span.Events.Any());
    }

    [GeneratedRegex(@"^\| `(?<meter>[\w.]+)` \| `(?<name>[\w.]+)` \| (?<unit>[\w{}]+) \| (`(?<tag>[\w.]+)`)? ?\|", RegexOptions.Multiline)]
    private static partial Regex InstrumentRow();

    [GeneratedRegex(@"^\| `(?<source>[\w.]+)` \| `(?<name>[\w.]+)` \| [^|`]+\|\r?$", RegexOptions.Multiline)]
    private static partial Regex SpanRow();

    private static bool IsFrats(string name) => name == "Frat" || name.StartsWith("Frat.", StringComparison.Ordinal);

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _tags[instrument.Name] = tags.Length == 0 ? "" : tags[0].Key;

    private static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "frat.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "telemetry.md"));
    }
}

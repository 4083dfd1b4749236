using System.Diagnostics.Metrics;

namespace Frat;

/// <summary>The engine's instruments. Durations are in seconds.</summary>
internal sealed class FratInstruments
{
    // Those of OpenTelemetry's conventions for seconds: its default is for milliseconds, and has all of these in one.
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private readonly Histogram<double> _checkInDuration;
    private readonly Counter<long> _enrollments;

    public FratInstruments(IMeterFactory meters, FaceGallery gallery)
    {
        var meter = meters.Create(FratTelemetry.MeterName);
        _checkInDuration = meter.CreateHistogram(
            FratTelemetry.CheckInDuration, "s", "Time from image to answer, by outcome.", tags: null, Buckets);
        _enrollments = meter.CreateCounter<long>(FratTelemetry.Enrollments, "{enrollment}", "Enrollments tried, by outcome.");
        meter.CreateObservableGauge(
            FratTelemetry.GalleryTemplates, () => gallery.TemplateCount, "{template}", "Templates in this process's gallery.");
    }

    public void CheckIn(IdentificationOutcome outcome, TimeSpan duration) =>
        _checkInDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(FratTelemetry.OutcomeTag, outcome.ToString()));

    public void Enrollment(string outcome) =>
        _enrollments.Add(1, new KeyValuePair<string, object?>(FratTelemetry.OutcomeTag, outcome));
}

using System.Diagnostics.Metrics;

namespace Frat;

/// <summary>The engine's instruments. Durations are in seconds.</summary>
internal sealed class FratInstruments
{
    private readonly Histogram<double> _checkInDuration;
    private readonly Counter<long> _enrollments;

    public FratInstruments(IMeterFactory meters, FaceGallery gallery)
    {
        var meter = meters.Create(FratTelemetry.MeterName);
        _checkInDuration = meter.CreateHistogram<double>(FratTelemetry.CheckInDuration, "s", "Time from image to answer, by outcome.");
        _enrollments = meter.CreateCounter<long>(FratTelemetry.Enrollments, "{enrollment}", "Enrollments tried, by outcome.");
        meter.CreateObservableGauge(
            FratTelemetry.GalleryTemplates, () => gallery.TemplateCount, "{template}", "Templates in this process's gallery.");
    }

    public void CheckIn(IdentificationOutcome outcome, TimeSpan duration) =>
        _checkInDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(FratTelemetry.OutcomeTag, outcome.ToString()));

    public void Enrollment(string outcome) =>
        _enrollments.Add(1, new KeyValuePair<string, object?>(FratTelemetry.OutcomeTag, outcome));
}

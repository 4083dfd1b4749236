using System.Diagnostics.Metrics;

namespace Frat;

/// <summary>The engine's meter, with all names in one place. Durations are in seconds.</summary>
internal sealed class FratTelemetry
{
    public const string MeterName = "Frat";
    public const string OutcomeTag = "frat.outcome";

    private readonly Histogram<double> _checkInDuration;
    private readonly Counter<long> _enrollments;

    public FratTelemetry(IMeterFactory meters, FaceGallery gallery)
    {
        var meter = meters.Create(MeterName);
        _checkInDuration = meter.CreateHistogram<double>("frat.checkin.duration", "s", "Time from image to answer, by outcome.");
        _enrollments = meter.CreateCounter<long>("frat.enrollments", "{enrollment}", "Enrolments tried, by outcome.");
        meter.CreateObservableGauge(
            "frat.gallery.templates", () => gallery.TemplateCount, "{template}", "Templates in this process's gallery.");
    }

    public void CheckIn(IdentificationOutcome outcome, TimeSpan duration) =>
        _checkInDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(OutcomeTag, outcome.ToString()));

    public void Enrollment(EnrollmentOutcome outcome) =>
        _enrollments.Add(1, new KeyValuePair<string, object?>(OutcomeTag, outcome.ToString()));
}

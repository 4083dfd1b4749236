using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Frat;

/// <summary>The engine's instruments and spans. Durations are in seconds.</summary>
internal sealed class FratInstruments
{
    private static readonly ActivitySource Source = new(FratTelemetry.ActivitySourceName);

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

    /// <summary>Runs a part of a request as a span of its own. It says how long it took and whether it failed, and of whom nothing.</summary>
    public static async Task<T> SpanAsync<T>(string name, Func<Task<T>> work)
    {
        using var span = Source.StartActivity(name);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
    }

    public void CheckIn(CheckInOutcome outcome, TimeSpan duration) =>
        _checkInDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(FratTelemetry.OutcomeTag, outcome.ToString()));

    public void Enrollment(EnrollmentOutcome outcome) =>
        _enrollments.Add(1, new KeyValuePair<string, object?>(FratTelemetry.OutcomeTag, outcome.ToString()));
}

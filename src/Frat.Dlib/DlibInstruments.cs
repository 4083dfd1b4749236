using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Frat.Dlib;

/// <summary>The encoder's instruments and spans. Durations are in seconds.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DlibInstruments : IDisposable
{
    private static readonly ActivitySource Source = new(DlibTelemetry.ActivitySourceName);

    private readonly Meter? _own;
    private readonly Histogram<double> _durations;
    private readonly UpDownCounter<int> _waiting;
    private readonly Counter<long> _encoded;

    /// <param name="meters">Where the meter belongs; without, it is one of its own.</param>
    public DlibInstruments(IMeterFactory? meters)
    {
        var meter = meters?.Create(DlibTelemetry.MeterName) ?? (_own = new Meter(DlibTelemetry.MeterName));
        _durations = meter.CreateHistogram<double>(DlibTelemetry.StepDuration, "s", "Time that a step of a call takes, by step.");
        _waiting = meter.CreateUpDownCounter<int>(DlibTelemetry.CallsWaiting, "{call}", "Calls that wait for their turn.");
        _encoded = meter.CreateCounter<long>(DlibTelemetry.FacesEncoded, "{face}", "Faces that were encoded.");
    }

    /// <summary>Begins to wait.</summary>
    /// <returns>To be disposed at the end of the waiting.</returns>
    public Timing StartWaiting()
    {
        _waiting.Add(1);
        return new Timing(this, DlibTelemetry.WaitStep);
    }

    /// <summary>Begins a step.</summary>
    /// <param name="step">Its name.</param>
    /// <returns>To be disposed at the step's end.</returns>
    public Timing Start(string step) => new(this, step);

    /// <summary>Counts faces that are encoded.</summary>
    public void Encoded(int faces) => _encoded.Add(faces);

    public void Dispose() => _own?.Dispose();

    /// <summary>A step that runs. One that fails is counted as well.</summary>
    internal readonly struct Timing(DlibInstruments instruments, string step) : IDisposable
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();
        private readonly Activity? _span = Source.HasListeners() ? Source.StartActivity(DlibTelemetry.SpanPrefix + step) : null;

        public void Dispose()
        {
            _span?.Dispose();
            if (step == DlibTelemetry.WaitStep)
            {
                instruments._waiting.Add(-1);
            }

            instruments._durations.Record(
                TimeProvider.System.GetElapsedTime(_start).TotalSeconds,
                new KeyValuePair<string, object?>(DlibTelemetry.StepTag, step));
        }
    }
}

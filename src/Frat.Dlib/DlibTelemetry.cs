using System.Diagnostics.Metrics;

namespace Frat.Dlib;

/// <summary>The encoder's meter, with all names in one place. Durations are in seconds.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DlibTelemetry : IDisposable
{
    public const string MeterName = "Frat.Dlib";

    /// <summary>What a duration is of.</summary>
    public const string StepTag = "frat.dlib.step";

    /// <summary>From the call to its turn.</summary>
    public const string Wait = "wait";

    /// <summary>All faces of an image are looked for.</summary>
    public const string Detect = "detect";

    /// <summary>The landmarks of all faces of an image.</summary>
    public const string Landmarks = "landmarks";

    /// <summary>Chips are cut out and encoded, all of a call.</summary>
    public const string Encode = "encode";

    /// <summary>Counts the faces that were encoded.</summary>
    public const string EncodedName = "frat.dlib.faces.encoded";

    private readonly Meter? _own;
    private readonly Histogram<double> _durations;
    private readonly UpDownCounter<int> _waiting;
    private readonly Counter<long> _encoded;

    /// <param name="meters">Where the meter belongs; without, it is one of its own.</param>
    public DlibTelemetry(IMeterFactory? meters)
    {
        var meter = meters?.Create(MeterName) ?? (_own = new Meter(MeterName));
        _durations = meter.CreateHistogram<double>("frat.dlib.step.duration", "s", "Time that a step of a call takes, by step.");
        _waiting = meter.CreateUpDownCounter<int>("frat.dlib.calls.waiting", "{call}", "Calls that wait for their turn.");
        _encoded = meter.CreateCounter<long>(EncodedName, "{face}", "Faces that were encoded.");
    }

    /// <summary>Begins to wait.</summary>
    /// <returns>To be disposed at the end of the waiting.</returns>
    public Timing StartWaiting()
    {
        _waiting.Add(1);
        return new Timing(this, Wait);
    }

    /// <summary>Begins a step.</summary>
    /// <param name="step">Its name.</param>
    /// <returns>To be disposed at the step's end.</returns>
    public Timing Start(string step) => new(this, step);

    /// <summary>Counts faces that are encoded.</summary>
    public void Encoded(int faces) => _encoded.Add(faces);

    public void Dispose() => _own?.Dispose();

    /// <summary>A step that runs. One that fails is counted as well.</summary>
    internal readonly struct Timing(DlibTelemetry telemetry, string step) : IDisposable
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();

        public void Dispose()
        {
            if (step == Wait)
            {
                telemetry._waiting.Add(-1);
            }

            telemetry._durations.Record(
                TimeProvider.System.GetElapsedTime(_start).TotalSeconds, new KeyValuePair<string, object?>(StepTag, step));
        }
    }
}

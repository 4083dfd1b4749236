using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Frat;

/// <summary>The instruments and spans of what finds and encodes faces. Durations are in seconds.</summary>
/// <remarks>Thread-safe. Each package has the names in a class of its own.</remarks>
internal sealed class EncoderInstruments : IDisposable
{
    /// <summary>From the call to its turn.</summary>
    public const string WaitStep = "wait";

    // OpenTelemetry's default is for milliseconds, and has all of these in one.
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    private readonly ActivitySource _source;
    private readonly string _prefix;
    private readonly Meter? _own;
    private readonly Histogram<double> _durations;
    private readonly UpDownCounter<int> _waiting;
    private readonly Counter<long> _encoded;

    /// <param name="meters">Where the meter belongs; without, it is one of its own.</param>
    /// <param name="name">The name of the meter, and of the source of spans.</param>
    /// <param name="prefix">What the names of instruments, spans and tags begin with.</param>
    public EncoderInstruments(IMeterFactory? meters, string name, string prefix)
    {
        (_prefix, _source) = (prefix, new ActivitySource(name));
        var meter = meters?.Create(name) ?? (_own = new Meter(name));
        _durations = meter.CreateHistogram(
            prefix + "step.duration", "s", "Time that a step of a call takes, by step.", tags: null, Buckets);
        _waiting = meter.CreateUpDownCounter<int>(prefix + "calls.waiting", "{call}", "Calls that wait for their turn.");
        _encoded = meter.CreateCounter<long>(prefix + "faces.encoded", "{face}", "Faces that were encoded.");
    }

    /// <summary>Begins to wait.</summary>
    /// <returns>To be disposed at the end of the waiting.</returns>
    public Timing StartWaiting()
    {
        _waiting.Add(1);
        return new Timing(this, WaitStep);
    }

    /// <summary>Begins a step.</summary>
    /// <param name="step">Its name.</param>
    /// <returns>To be disposed at the step's end.</returns>
    public Timing Start(string step) => new(this, step);

    /// <summary>Counts faces that are encoded.</summary>
    public void Encoded(int faces) => _encoded.Add(faces);

    public void Dispose()
    {
        _own?.Dispose();
        _source.Dispose();
    }

    /// <summary>A step that runs. One that fails is counted as well.</summary>
    internal readonly struct Timing(EncoderInstruments instruments, string step) : IDisposable
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();
        private readonly Activity? _span = instruments._source.HasListeners()
            ? instruments._source.StartActivity(instruments._prefix + step) : null;

        public void Dispose()
        {
            _span?.Dispose();
            if (step == WaitStep)
            {
                instruments._waiting.Add(-1);
            }

            instruments._durations.Record(
                TimeProvider.System.GetElapsedTime(_start).TotalSeconds,
                new KeyValuePair<string, object?>(instruments._prefix + "step", step));
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Frat.AspNetCore;

/// <summary>
/// Counts what is refused, by its code, and logs the first of each minute: anyone who sends thousands of bad requests doesn't fill the log
/// with them.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Refusals(TimeProvider time, ILogger<Refusals> logger, IMeterFactory meters)
{
    public const string MeterName = "Frat.AspNetCore";
    public const string CounterName = "frat.web.refused";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly Counter<long> _counter = meters.Create(MeterName)
        .CreateCounter<long>(CounterName, "{request}", "Requests that were refused, by code.");

    /// <param name="code">The code that the caller is answered.</param>
    public void Count(string code)
    {
        _counter.Add(1, new KeyValuePair<string, object?>("code", code));
        if (_lines.GetOrAdd(code, _ => new Line()).TryTake(time.GetUtcNow(), out var unsaid))
        {
            logger.RequestRefused(code, unsaid);
        }
    }

    private sealed class Line
    {
        private readonly Lock _lock = new();
        private DateTimeOffset? _said;
        private long _unsaid;

        public bool TryTake(DateTimeOffset now, out long unsaid)
        {
            lock (_lock)
            {
                unsaid = _unsaid;
                if (_said is { } said && now - said < Window && now >= said)
                {
                    _unsaid++;
                    return false;
                }

                (_said, _unsaid) = (now, 0);
                return true;
            }
        }
    }
}

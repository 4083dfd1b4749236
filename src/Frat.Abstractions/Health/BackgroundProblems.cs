using System.Diagnostics.Metrics;

namespace Frat;

/// <summary>
/// What FRAT does in the background and fails at now: such work is tried again by itself and never ends the host, so this is where a health
/// check sees it.
/// </summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Failures are also counted, as <see cref="BackgroundTelemetry.Failures"/>.
/// </remarks>
public sealed class BackgroundProblems : IDisposable
{
    private readonly Dictionary<string, BackgroundProblem> _current = [];
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Meter? _own;
    private readonly Counter<long> _failures;

    /// <summary>Begins without a problem.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Where the meter belongs; without, it is one of its own.</param>
    public BackgroundProblems(TimeProvider time, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        var meter = meters?.Create(BackgroundTelemetry.MeterName) ?? (_own = new Meter(BackgroundTelemetry.MeterName));
        _failures = meter.CreateCounter<long>(
            BackgroundTelemetry.Failures, "{failure}", "Work in the background that failed and is tried again, by name.");
    }

    /// <summary>What fails now, by name.</summary>
    public IReadOnlyList<BackgroundProblem> Current
    {
        get
        {
            lock (_lock)
            {
                return [.. _current.Values.OrderBy(problem => problem.Work, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>
    /// What may be said of an exception: FRAT's own messages name no person; of others, which may quote a record, only the kind.
    /// </summary>
    /// <param name="exception">The exception.</param>
    /// <returns>A sentence, or the exception's type.</returns>
    public static string Describe(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception is FratException ? exception.Message : exception.GetType().Name;
    }

    /// <summary>Says that some work failed.</summary>
    /// <param name="work">Its name, always the same, such as <c>retention</c>.</param>
    /// <param name="problem">What is wrong, in a sentence that may be shown to operators: it names no person.</param>
    /// <returns>True when it did not fail already, so that a log is told once.</returns>
    public bool Report(string work, string problem)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(work);
        ArgumentException.ThrowIfNullOrWhiteSpace(problem);
        _failures.Add(1, new KeyValuePair<string, object?>(BackgroundTelemetry.WorkTag, work));
        lock (_lock)
        {
            var known = _current.GetValueOrDefault(work);
            _current[work] = new()
            {
                Work = work,
                Problem = problem,
                Since = known?.Since ?? _time.GetUtcNow(),
                Failures = (known?.Failures ?? 0) + 1,
            };
            return known is null;
        }
    }

    /// <summary>Says that some work is done.</summary>
    /// <param name="work">Its name.</param>
    /// <returns>True when it had failed before.</returns>
    public bool Clear(string work)
    {
        lock (_lock)
        {
            return _current.Remove(work);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _own?.Dispose();
}

/// <summary>Work in the background that fails. Immutable.</summary>
public sealed record BackgroundProblem
{
    /// <summary>Its name.</summary>
    public required string Work { get; init; }

    /// <summary>What was wrong at the last try.</summary>
    public required string Problem { get; init; }

    /// <summary>When it failed first.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How often it has failed since then.</summary>
    public required int Failures { get; init; }
}

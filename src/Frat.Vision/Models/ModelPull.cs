using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Frat.Vision;

/// <summary>Reports how far pulls are: to the progress of the caller or, without one, to the log, a line for each quarter.</summary>
internal sealed class ModelPulls(ILogger logger, IProgress<ModelProgress>? progress)
{
    /// <param name="what">What is pulled.</param>
    /// <param name="total">Bytes in all, where they are known.</param>
    public ModelPull Start(string what, long? total) => new(what, total, logger, progress);
}

/// <summary>One pull. Reported by one thread at a time; disposed at the end, complete or not.</summary>
internal sealed class ModelPull : IDisposable
{
    private readonly string _what;
    private readonly long? _total;
    private readonly ILogger _logger;
    private readonly IProgress<ModelProgress>? _progress;
    private long _done;
    private int _quarter;
    private bool _complete;

    internal ModelPull(string what, long? total, ILogger logger, IProgress<ModelProgress>? progress)
    {
        (_what, _total, _logger, _progress) = (what, total, logger, progress);
        ModelLog.Pulls(logger, what, total is { } bytes ? Megabytes(bytes) : "unknown size");
        Tell(ModelPullState.Started);
    }

    public void Report(long done)
    {
        _done = done;
        if (_progress is not null)
        {
            Tell(ModelPullState.Running);
        }
        else if (_total is > 0 and var total && done * 4 / total is var quarter && quarter > _quarter && quarter < 4)
        {
            _quarter = (int)quarter;
            ModelLog.Pulled(_logger, _what, _quarter * 25, Megabytes(done), Megabytes(total));
        }
    }

    public void Complete()
    {
        (_complete, _done) = (true, _total ?? _done);
        if (_progress is null)
        {
            ModelLog.PulledAll(_logger, _what);
        }
    }

    public void Dispose() => Tell(_complete ? ModelPullState.Complete : ModelPullState.Stopped);

    private void Tell(ModelPullState state) =>
        _progress?.Report(new ModelProgress { What = _what, Done = _done, Total = _total, State = state });

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}

using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Frat.Dlib;

/// <summary>Makes progress reports: a bar on a terminal's standard error, plain log lines everywhere else.</summary>
internal sealed class ModelProgressFactory(ILogger logger, TimeProvider time, TextWriter? terminal)
{
    /// <summary>The terminal that standard error is, or null when it goes to a file or another process.</summary>
    public static TextWriter? Terminal => Console.IsErrorRedirected ? null : Console.Error;

    /// <param name="what">What is pulled.</param>
    /// <param name="total">Bytes in all, where they are known.</param>
    public ModelProgress Start(string what, long? total) => new(what, total, logger, time, terminal);
}

/// <summary>The progress of one pull. Reported by one thread at a time; disposed at the end, complete or not.</summary>
internal sealed class ModelProgress : IDisposable
{
    // With the longest name of a file, the line just fits into 80 columns: one that wraps can't be drawn over.
    private const int BarWidth = 12;
    private static readonly TimeSpan DrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly string _what;
    private readonly long? _total;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly TextWriter? _terminal;
    private long _drawn;
    private int _quarter;

    internal ModelProgress(string what, long? total, ILogger logger, TimeProvider time, TextWriter? terminal)
    {
        (_what, _total, _logger, _time, _terminal) = (what, total, logger, time, terminal);
        ModelLog.Pulls(logger, what, total is { } bytes ? Megabytes(bytes) : "unknown size");
        _drawn = time.GetTimestamp();
    }

    public void Report(long done)
    {
        if (_terminal is not null)
        {
            if (_time.GetElapsedTime(_drawn) >= DrawInterval)
            {
                Draw(done);
            }
        }
        else if (_total is > 0 and var total && done * 4 / total is var quarter && quarter > _quarter && quarter < 4)
        {
            _quarter = (int)quarter;
            ModelLog.Pulled(_logger, _what, _quarter * 25, Megabytes(done), Megabytes(total));
        }
    }

    public void Complete()
    {
        if (_terminal is not null && _total is { } total)
        {
            Draw(total);
        }
        else if (_terminal is null)
        {
            ModelLog.PulledAll(_logger, _what);
        }
    }

    public void Dispose() => _terminal?.WriteLine();

    private void Draw(long done)
    {
        _drawn = _time.GetTimestamp();
        if (_total is not > 0)
        {
            _terminal!.Write($"\r{_what}  {Megabytes(done)}");
            return;
        }

        var share = Math.Clamp(done / (double)_total.Value, 0, 1);
        var full = (int)(share * BarWidth);
        var bar = new string('#', full).PadRight(BarWidth, '.');
        _terminal!.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r{_what} [{bar}] {share * 100,3:0} %  {done / 1e6:0.0} of {Megabytes(_total.Value)}"));
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}

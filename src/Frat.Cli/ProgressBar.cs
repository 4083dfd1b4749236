using System.Globalization;

namespace Frat.Cli;

/// <summary>A bar on standard error while a long command works, where that is a terminal; nothing elsewhere. Thread-safe.</summary>
internal sealed class ProgressBar : IDisposable
{
    // With the longest label and two counts of a million, the line fits into 80 columns: one that wraps can't be drawn over.
    private const int Width = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Terminal _terminal;
    private readonly string _what;
    private readonly long? _total;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private long _drawn;
    private long _done;
    private long _failed;
    private bool _isVisible;

    /// <param name="terminal">Where it is drawn.</param>
    /// <param name="what">What is counted, such as <c>People</c>; at most 10 characters.</param>
    /// <param name="total">How many there are in all, where that is known.</param>
    public ProgressBar(Terminal terminal, string what, long? total) => (_terminal, _what, _total) = (terminal, what, total);

    /// <summary>Counts one more.</summary>
    public void Count(bool failed = false)
    {
        lock (_lock)
        {
            _done++;
            _failed += failed ? 1 : 0;
            if (_terminal.IsErrorTerminal && TimeProvider.System.GetElapsedTime(_drawn) >= Interval)
            {
                _drawn = TimeProvider.System.GetTimestamp();
                Draw();
            }
        }
    }

    /// <summary>Writes a message above the bar.</summary>
    public void WriteError(string message)
    {
        lock (_lock)
        {
            if (_isVisible)
            {
                _terminal.Error.Write("\r\e[K");
            }

            _terminal.WriteError(message);
        }
    }

    /// <summary>Leaves the last state where it is, and goes to the next line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isVisible)
            {
                Draw();
                _terminal.Error.WriteLine();
            }
        }
    }

    private void Draw()
    {
        _isVisible = true;
        var failed = _failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {_failed} left out") : "";
        _terminal.Error.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r{_what,-10} {Bar()}{failed}, {TimeProvider.System.GetElapsedTime(_started).TotalSeconds:0} s\e[K"));
    }

    private string Bar()
    {
        if (_total is not > 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{_done}");
        }

        var share = Math.Clamp(_done / (double)_total.Value, 0, 1);
        var full = (int)(share * Width);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', full)}{new string('.', Width - full)}] {Math.Floor(share * 100),3:0} %  {_done} of {_total}");
    }
}

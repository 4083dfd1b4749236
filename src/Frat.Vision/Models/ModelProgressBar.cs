using System.Globalization;

namespace Frat.Vision;

/// <summary>
/// Draws the pulls of <see cref="ModelFiles"/> as a line on a terminal, for programs that a person started:
/// <c>services.AddSingleton&lt;IProgress&lt;ModelProgress&gt;&gt;(new ModelProgressBar(Console.Error))</c>. Thread-safe.
/// </summary>
public sealed class ModelProgressBar : IProgress<ModelProgress>
{
    // With the longest name of a file of dlib's, the line just fits into 80 columns: one that wraps can't be drawn over.
    private const int BarWidth = 12;
    private static readonly TimeSpan DrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly TextWriter _terminal;
    private readonly TimeProvider _time;
    private long _drawn;

    /// <summary>Creates it; nothing is drawn yet.</summary>
    /// <param name="terminal">The terminal. What goes to a file or another program is better told by the log, without a bar.</param>
    /// <param name="time">By which it is drawn ten times a second at most. Default: the system's.</param>
    public ModelProgressBar(TextWriter terminal, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        (_terminal, _time) = (terminal, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public void Report(ModelProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            switch (value.State)
            {
                case ModelPullState.Started:
                    _drawn = _time.GetTimestamp();
                    break;
                case ModelPullState.Running when _time.GetElapsedTime(_drawn) >= DrawInterval:
                    _drawn = _time.GetTimestamp();
                    Draw(value);
                    break;
                case ModelPullState.Complete:
                    Draw(value);
                    _terminal.WriteLine();
                    break;
                case ModelPullState.Stopped:
                    _terminal.WriteLine();
                    break;
            }
        }
    }

    private void Draw(ModelProgress progress)
    {
        if (progress.Total is not (> 0 and var total))
        {
            _terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\r{progress.What}  {progress.Done / 1e6:0.0} MB"));
            return;
        }

        var share = Math.Clamp(progress.Done / (double)total, 0, 1);
        var bar = new string('#', (int)(share * BarWidth)).PadRight(BarWidth, '.');
        _terminal.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r{progress.What} [{bar}] {share * 100,3:0} %  {progress.Done / 1e6:0.0} of {total / 1e6:0.0} MB"));
    }
}

using System.Globalization;

namespace Frat.Cli.Faces;

/// <summary>
/// Counts on standard error, where that is a terminal: while the results go elsewhere, a line that is drawn over; at the end, a summary.
/// </summary>
internal sealed class Progress(Terminal terminal)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _draws = terminal is { IsErrorTerminal: true, IsOutputTerminal: false };
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private long _drawn;
    private int _files;
    private int _faces;

    /// <summary>How many files failed.</summary>
    public int Failed { get; private set; }

    public void Count(FileResult result)
    {
        _files++;
        if (result is FacesOfFile found)
        {
            _faces += found.Faces.Count;
        }
        else
        {
            Failed++;
        }

        if (_draws && TimeProvider.System.GetElapsedTime(_drawn) >= Interval)
        {
            _drawn = TimeProvider.System.GetTimestamp();

            // Back to the left: if the results end up on the same terminal after all, as with "| head", they are written over it.
            terminal.Error.Write($"{Counts()}\e[K\r");
        }
    }

    /// <summary>Ends the line, whether all files were read or not.</summary>
    public void End()
    {
        if (terminal.IsErrorTerminal)
        {
            terminal.Error.WriteLine(_draws ? $"{Counts()}\e[K" : Counts());
        }
    }

    private string Counts() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Number(_files, "file")}, {Number(_faces, "face")}{(Failed > 0 ? $", {Failed} failed" : "")}, "
            + $"{TimeProvider.System.GetElapsedTime(_started).TotalSeconds:0.0} s");

    private static string Number(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}

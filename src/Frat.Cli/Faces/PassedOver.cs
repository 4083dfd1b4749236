using System.Globalization;

namespace Frat.Cli.Faces;

/// <summary>Counts the files of folders that were left out, and names the first of them.</summary>
internal sealed class PassedOver
{
    private const int MaxNamed = 20;

    private readonly List<string> _named = [];
    private int _count;

    /// <param name="path">The file.</param>
    /// <param name="what">What it is, where that is known.</param>
    public void Add(string path, string? what)
    {
        _count++;
        if (_named.Count < MaxNamed)
        {
            _named.Add(Terminal.Line(what is null ? path : $"{path} ({what})"));
        }
    }

    /// <summary>Tells the user, if there were any.</summary>
    public void Tell(Terminal terminal)
    {
        if (_count > 0)
        {
            var more = _count > MaxNamed ? string.Create(CultureInfo.InvariantCulture, $" and {_count - MaxNamed} more") : "";
            terminal.WriteError(string.Create(
                CultureInfo.InvariantCulture,
                $"{_count} {(_count == 1 ? "file was" : "files were")} passed over, which {(_count == 1 ? "is" : "are")} no "
                    + $"{FileKind.Accepted}: {string.Join(", ", _named)}{more}."));
        }
    }
}

using System.Globalization;

namespace Frat;

/// <summary>How values look as text: the same for every culture.</summary>
internal static class CellText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", Invariant);

    public static string Of(in ReportCell cell) => cell.Kind switch
    {
        ReportCellKind.Text => cell.Text,
        ReportCellKind.Number => cell.Number.ToString(Invariant),
        ReportCellKind.Flag => cell.Flag ? "true" : "false",
        ReportCellKind.Date => cell.Time.ToString("yyyy-MM-dd", Invariant),
        ReportCellKind.LocalTime => cell.Time.ToString("yyyy-MM-dd'T'HH:mm:ss", Invariant),
        ReportCellKind.Instant => cell.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", Invariant),
        ReportCellKind.Duration => Clock(cell.Duration),
        _ => "",
    };

    // Whole minutes, as a time sheet has them: 0:59:59 is 1:00. The hours go on beyond 24.
    private static string Clock(TimeSpan duration)
    {
        var minutes = (long)Math.Round(duration.TotalMinutes, MidpointRounding.AwayFromZero);
        return string.Create(Invariant, $"{(minutes < 0 ? "-" : "")}{Math.Abs(minutes) / 60}:{Math.Abs(minutes) % 60:00}");
    }
}

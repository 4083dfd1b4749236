namespace Frat;

/// <summary>A column of a report.</summary>
/// <param name="Key">The name for programs: in CSV as it is, in JSON in camelCase.</param>
/// <param name="Title">The name for people: the heading in a workbook.</param>
/// <param name="Kind">What its cells hold, those that aren't empty.</param>
/// <param name="Width">The width in a workbook, in characters.</param>
internal sealed record ReportColumn(string Key, string Title, ReportCellKind Kind, int Width);

/// <summary>A column, and where its value comes from.</summary>
internal sealed record ReportColumn<T>(string Key, string Title, ReportCellKind Kind, int Width, Func<T, ReportCell> Value)
{
    public ReportColumn Untyped => new(Key, Title, Kind, Width);
}

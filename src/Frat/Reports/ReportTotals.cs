namespace Frat;

/// <summary>What the rows of a report add up to.</summary>
/// <param name="Row">As a row below the others, where a file is a table and nothing else.</param>
/// <param name="Columns">The names of <paramref name="Values"/>, where totals can have names of their own.</param>
/// <param name="Values">The same by name.</param>
internal sealed record ReportTotals(ReportCell[] Row, IReadOnlyList<ReportColumn> Columns, ReportCell[] Values);

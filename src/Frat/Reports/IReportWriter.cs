namespace Frat;

/// <summary>Writes one report in one form.</summary>
internal interface IReportWriter : IAsyncDisposable
{
    /// <summary>Writes what stands before the rows.</summary>
    ValueTask BeginAsync(Report report, CancellationToken cancellationToken);

    /// <summary>Writes a row; the array is the caller's again afterwards.</summary>
    ValueTask WriteAsync(ReportCell[] row, CancellationToken cancellationToken);

    /// <summary>Writes the totals, where there are any, and what stands after the rows.</summary>
    ValueTask EndAsync(ReportTotals? totals, CancellationToken cancellationToken);
}

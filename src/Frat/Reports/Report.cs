using System.Globalization;

namespace Frat;

/// <summary>
/// A report that is computed while it is written: its rows are read from the store one after another, so that the memory it takes doesn't
/// grow with them.
/// </summary>
/// <remarks>Writing it again reads the store again. Not to be written twice at once.</remarks>
public sealed class Report
{
    private readonly Func<CancellationToken, IAsyncEnumerable<ReportCell[]>> _rows;
    private readonly Func<ReportTotals>? _totals;

    /// <param name="name">What it is, for the file's name.</param>
    /// <param name="title">What it is, for a sheet's name.</param>
    /// <param name="first">The first date.</param>
    /// <param name="last">The last date.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows, in one array that is used again for the next.</param>
    /// <param name="totals">What the rows add up to, asked for when they have been read.</param>
    internal Report(
        string name,
        string title,
        DateOnly first,
        DateOnly last,
        IReadOnlyList<ReportColumn> columns,
        Func<CancellationToken, IAsyncEnumerable<ReportCell[]>> rows,
        Func<ReportTotals>? totals = null)
    {
        (Name, Title, FirstDate, LastDate, Columns, _rows, _totals) = (name, title, first, last, columns, rows, totals);
    }

    /// <summary>What it is, such as <c>attendance-days</c>.</summary>
    public string Name { get; }

    /// <summary>The first date that it covers.</summary>
    public DateOnly FirstDate { get; }

    /// <summary>The last date that it covers.</summary>
    public DateOnly LastDate { get; }

    internal string Title { get; }

    internal IReadOnlyList<ReportColumn> Columns { get; }

    /// <summary>The media type of a form, such as <c>text/csv; charset=utf-8</c>.</summary>
    /// <param name="format">The form.</param>
    /// <returns>The type.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    public static string ContentTypeOf(ReportFormat format) => format switch
    {
        ReportFormat.Csv => "text/csv; charset=utf-8",
        ReportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ReportFormat.Json => "application/json; charset=utf-8",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such form."),
    };

    /// <summary>A name for the file: what it is and which dates it covers, in characters that every file system takes.</summary>
    /// <param name="format">The form.</param>
    /// <returns>Such as <c>attendance-days-2026-11-01-to-2026-11-30.csv</c>.</returns>
    public string FileNameOf(ReportFormat format)
    {
        // Not one in the other: the inner text would be of the machine's culture, which may count the years in another way.
        var last = LastDate == FirstDate ? "" : string.Create(CultureInfo.InvariantCulture, $"-to-{LastDate:yyyy-MM-dd}");
        return string.Create(CultureInfo.InvariantCulture, $"{Name}-{FirstDate:yyyy-MM-dd}{last}.{format.ToString().ToLowerInvariant()}");
    }

    /// <summary>Writes the report.</summary>
    /// <param name="output">Where to; written asynchronously only, neither flushed nor closed. It need not be seekable.</param>
    /// <param name="format">The form.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call; what was written so far is no whole report.</param>
    /// <returns>The number of rows, without headings and totals.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    public async Task<long> WriteAsync(
        Stream output, ReportFormat format, ReportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var writer = CreateWriter(output, format, options ?? new ReportOptions());
        await using (writer.ConfigureAwait(false))
        {
            var count = 0L;
            await foreach (var row in _rows(cancellationToken).ConfigureAwait(false))
            {
                // The headings wait for the first row: if the store fails at once, nothing has been written yet.
                if (count == 0)
                {
                    await writer.BeginAsync(this, cancellationToken).ConfigureAwait(false);
                }

                await writer.WriteAsync(row, cancellationToken).ConfigureAwait(false);
                count++;
            }

            if (count == 0)
            {
                await writer.BeginAsync(this, cancellationToken).ConfigureAwait(false);
            }

            await writer.EndAsync(_totals?.Invoke(), cancellationToken).ConfigureAwait(false);
            return count;
        }
    }

    private static IReportWriter CreateWriter(Stream output, ReportFormat format, ReportOptions options) => format switch
    {
        ReportFormat.Csv => new CsvReportWriter(output, options),
        ReportFormat.Xlsx => new XlsxReportWriter(output),
        ReportFormat.Json => new JsonReportWriter(output),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such form."),
    };
}

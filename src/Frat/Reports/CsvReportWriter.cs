using System.Buffers;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Frat;

/// <summary>
/// Writes CSV: a heading, then a line for each row. Dates are ISO 8601, with a blank before the time, so that spreadsheets know them as
/// such.
/// </summary>
internal sealed class CsvReportWriter : IReportWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\"\t\r\n");

    private readonly ReportOutput _output;
    private readonly CsvWriter _csv;

    public CsvReportWriter(Stream output, ReportOptions options)
    {
        _output = new ReportOutput(output);
        var writer = new StreamWriter(_output, new UTF8Encoding(options.ByteOrderMark), leaveOpen: true);

        // CsvHelper's own guard against formulas would take negative numbers for some; ReportText is asked for texts only.
        _csv = new CsvWriter(
            writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.None });
    }

    public ValueTask BeginAsync(Report report, CancellationToken cancellationToken)
    {
        foreach (var column in report.Columns)
        {
            _csv.WriteField(column.Key);
        }

        _csv.NextRecord();
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(ReportCell[] row, CancellationToken cancellationToken)
    {
        Write(row);
        return _output.IsFull ? _output.DrainAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    public ValueTask EndAsync(ReportTotals? totals, CancellationToken cancellationToken)
    {
        if (totals is not null)
        {
            Write(totals.Row);
        }

        _csv.Flush();
        return _output.DrainAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _csv.Dispose(); // Into the output's buffer, from where nothing goes any further after a failure.
        return ValueTask.CompletedTask;
    }

    private void Write(ReportCell[] row)
    {
        foreach (ref readonly var cell in row.AsSpan())
        {
            var text = TextOf(cell);
            _csv.WriteField(text, shouldQuote: NeedsQuotes(text));
        }

        _csv.NextRecord();
    }

    // CsvHelper by itself would leave a lone CR or LF bare, which most readers take for the end of the line.
    private static bool NeedsQuotes(string text) =>
        text.Length > 0 && (text[0] == ' ' || text[^1] == ' ' || text.AsSpan().ContainsAny(Special));

    private static string TextOf(in ReportCell cell) => cell.Kind switch
    {
        ReportCellKind.Text => ReportText.ForCsv(cell.Text),
        // Excel doesn't know the form with a T.
        ReportCellKind.LocalTime => cell.Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => CellText.Of(cell),
    };
}

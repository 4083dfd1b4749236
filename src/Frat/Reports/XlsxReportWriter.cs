using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Frat;

/// <summary>
/// Writes a workbook, forward only: sheets with a frozen heading, and cells of the type of their values. A text is written as an inline
/// string in a cell with the format "Text": it is no formula, and doesn't become one when somebody edits the cell. No formula is ever
/// written.
/// </summary>
internal sealed class XlsxReportWriter(Stream output) : IReportWriter
{
    /// <summary>What a sheet can hold, with its heading; the next rows go to another sheet.</summary>
    public const int MaxRows = 1_048_576;

    // Before it, Excel has no dates, or counts a leap day that never was.
    private static readonly DateTime FirstExcelDate = new(1900, 3, 1);

    private readonly ReportOutput _output = new(output);
    private readonly StyleId?[] _styles = new StyleId?[Enum.GetValues<ReportCellKind>().Length];
    private Spreadsheet? _book;
    private Report? _report;
    private StyleId? _bold;
    private Cell[] _cells = [];
    private int _sheets;

    public async ValueTask BeginAsync(Report report, CancellationToken cancellationToken)
    {
        _report = report;
        _cells = new Cell[report.Columns.Count];
        var options = new SpreadCheetahOptions { CompressionLevel = SpreadCheetahCompressionLevel.Fastest };
        _book = await Spreadsheet.CreateNewAsync(_output, options, cancellationToken).ConfigureAwait(false);
        _bold = _book.AddStyle(new Style { Font = new Font { Bold = true } });
        AddStyle(ReportCellKind.Text, NumberFormat.Standard(StandardNumberFormat.Text));
        AddStyle(ReportCellKind.Date, NumberFormat.Custom("yyyy-mm-dd"));
        AddStyle(ReportCellKind.LocalTime, NumberFormat.Custom("yyyy-mm-dd hh:mm:ss"));
        AddStyle(ReportCellKind.Instant, NumberFormat.Custom("yyyy-mm-dd hh:mm:ss"));
        AddStyle(ReportCellKind.Duration, NumberFormat.Custom("[h]:mm"));
        await StartSheetAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask WriteAsync(ReportCell[] row, CancellationToken cancellationToken)
    {
        if (_book!.NextRowNumber > MaxRows)
        {
            await StartSheetAsync(cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < row.Length; i++)
        {
            _cells[i] = CellOf(row[i]);
        }

        await _book.AddRowAsync(_cells, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask EndAsync(ReportTotals? totals, CancellationToken cancellationToken)
    {
        if (totals is not null)
        {
            await WriteAsync(totals.Row, cancellationToken).ConfigureAwait(false);
        }

        await _book!.FinishAsync(cancellationToken).ConfigureAwait(false);
        await _book.DisposeAsync().ConfigureAwait(false);
        _book = null;
        await _output.DrainAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_book is not null)
        {
            await _book.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void AddStyle(ReportCellKind kind, NumberFormat format) => _styles[(int)kind] = _book!.AddStyle(new Style { Format = format });

    private async Task StartSheetAsync(CancellationToken cancellationToken)
    {
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var i = 0; i < _report!.Columns.Count; i++)
        {
            options.Column(i + 1).Width = _report.Columns[i].Width;
        }

        _sheets++;
        await _book!.StartWorksheetAsync(
            _sheets == 1 ? _report.Title : $"{_report.Title} {_sheets}", options, cancellationToken).ConfigureAwait(false);
        await _book.AddHeaderRowAsync([.. _report.Columns.Select(column => column.Title)], _bold, cancellationToken).ConfigureAwait(false);
    }

    private Cell CellOf(in ReportCell cell) => cell.Kind switch
    {
        ReportCellKind.Text => new Cell(ReportText.ForXlsx(cell.Text), StyleOf(ReportCellKind.Text)),
        ReportCellKind.Number => new Cell(cell.Number),
        ReportCellKind.Flag => new Cell(cell.Flag),
        ReportCellKind.Duration => new Cell(cell.Duration.TotalDays, StyleOf(ReportCellKind.Duration)),
        ReportCellKind.Empty => default,
        _ when cell.Time < FirstExcelDate => new Cell(CellText.Of(cell), StyleOf(ReportCellKind.Text)),
        _ => new Cell(cell.Time, StyleOf(cell.Kind)),
    };

    private StyleId? StyleOf(ReportCellKind kind) => _styles[(int)kind];
}

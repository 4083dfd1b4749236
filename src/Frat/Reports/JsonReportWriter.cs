using System.Text.Encodings.Web;
using System.Text.Json;

namespace Frat;

/// <summary>
/// Writes JSON: <c>{"report", "from", "to", "rows": [{…}], "totals": {…}}</c>. A cell that is empty is null; texts are as they are.
/// </summary>
internal sealed class JsonReportWriter : IReportWriter
{
    private readonly ReportOutput _output;
    private readonly Utf8JsonWriter _json;
    private JsonEncodedText[] _names = [];

    public JsonReportWriter(Stream output)
    {
        _output = new ReportOutput(output);
        _json = new Utf8JsonWriter(_output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public ValueTask BeginAsync(Report report, CancellationToken cancellationToken)
    {
        _names = NamesOf(report.Columns);
        _json.WriteStartObject();
        _json.WriteString("report", report.Name);
        _json.WriteString("from", CellText.Iso(report.FirstDate));
        _json.WriteString("to", CellText.Iso(report.LastDate));
        _json.WriteStartArray("rows");
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(ReportCell[] row, CancellationToken cancellationToken)
    {
        WriteObject(_names, row);
        if (_json.BytesPending < ReportOutput.Enough)
        {
            return ValueTask.CompletedTask;
        }

        _json.Flush();
        return _output.DrainAsync(cancellationToken);
    }

    public ValueTask EndAsync(ReportTotals? totals, CancellationToken cancellationToken)
    {
        _json.WriteEndArray();
        if (totals is not null)
        {
            _json.WritePropertyName("totals");
            WriteObject(NamesOf(totals.Columns), totals.Values);
        }

        _json.WriteEndObject();
        _json.Flush();
        return _output.DrainAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _json.Reset(); // What a failure left must not be closed as if it were whole.
        _json.Dispose();
        return ValueTask.CompletedTask;
    }

    private static JsonEncodedText[] NamesOf(IReadOnlyList<ReportColumn> columns) =>
        [.. columns.Select(column => JsonEncodedText.Encode(CamelCase(column.Key)))];

    private static string CamelCase(string key) =>
        string.Concat(key.Split('_').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private void WriteObject(JsonEncodedText[] names, ReportCell[] row)
    {
        _json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            _json.WritePropertyName(names[i]);
            switch (row[i].Kind)
            {
                case ReportCellKind.Empty:
                    _json.WriteNullValue();
                    break;
                case ReportCellKind.Number:
                    _json.WriteNumberValue(row[i].Number);
                    break;
                case ReportCellKind.Flag:
                    _json.WriteBooleanValue(row[i].Flag);
                    break;
                default:
                    _json.WriteStringValue(ReportText.Clean(CellText.Of(row[i])));
                    break;
            }
        }

        _json.WriteEndObject();
    }
}

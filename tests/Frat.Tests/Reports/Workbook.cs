using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Frat.Tests.Reports;

/// <summary>What is in a workbook, read as XML: with no library's opinion between.</summary>
internal sealed class Workbook
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public Workbook(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        Parts = zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            return XDocument.Load(stream);
        });
    }

    public IReadOnlyDictionary<string, XDocument> Parts { get; }

    public IReadOnlyList<string> SheetNames =>
        [.. Parts["xl/workbook.xml"].Descendants(Main + "sheet").Select(sheet => sheet.Attribute("name")!.Value)];

    public IReadOnlyList<IReadOnlyList<XElement>> Rows(int sheet = 1) =>
        [.. Parts[$"xl/worksheets/sheet{sheet}.xml"].Descendants(Main + "row").Select(row => row.Elements(Main + "c").ToList())];

    /// <summary>The values of a sheet with one column, without keeping them.</summary>
    public static IEnumerable<string> ReadColumn(byte[] file, int sheet)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        using var stream = zip.GetEntry($"xl/worksheets/sheet{sheet}.xml")!.Open();
        using var reader = XmlReader.Create(stream);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Text)
            {
                yield return reader.Value;
            }
        }
    }

    public int Formulas => Parts.Where(part => part.Key.StartsWith("xl/worksheets/", StringComparison.Ordinal))
        .Sum(part => part.Value.Descendants(Main + "f").Count());

    public static string TypeOf(XElement cell) => cell.Attribute("t")?.Value ?? "n";

    public static string ValueOf(XElement cell) => cell.Value;

    /// <summary>The number format of a cell: the code of a custom one, or the number of one that is built in.</summary>
    public string FormatOf(XElement cell)
    {
        var styles = Parts["xl/styles.xml"].Root!;
        var style = styles.Element(Main + "cellXfs")!.Elements(Main + "xf")
            .ElementAt(int.Parse(cell.Attribute("s")?.Value ?? "0", System.Globalization.CultureInfo.InvariantCulture));
        var id = style.Attribute("numFmtId")!.Value;
        return styles.Descendants(Main + "numFmt")
            .FirstOrDefault(format => format.Attribute("numFmtId")!.Value == id)?.Attribute("formatCode")!.Value ?? id;
    }
}

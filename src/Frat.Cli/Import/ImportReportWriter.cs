using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Frat.Cli.Import;

/// <summary>Shows what an import came to: for people on standard output, or as one JSON object.</summary>
internal static class ImportReportWriter
{
    // What somebody reads on a terminal; the JSON has all.
    private const int MaxShown = 20;

    /// <param name="terminal">Where it is shown.</param>
    /// <param name="report">What it came to.</param>
    /// <param name="facts">What was decided, shown above.</param>
    /// <param name="isDryRun">Whether nothing was written.</param>
    public static void Write(
        Terminal terminal, ImportReport report, IReadOnlyList<(string Key, string Name, string Value)> facts, bool isDryRun)
    {
        var console = terminal.Tables;
        var head = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().PadRight(0));
        foreach (var (_, name, value) in facts)
        {
            head.AddRow(new Text(name), new Text(Terminal.Line(value)));
        }

        console.Write(head);
        console.WriteLine();
        var table = new Table().Border(TableBorder.None).AddColumn("", column => column.NoWrap().Padding(0, 0, 2, 0));
        foreach (var column in new[] { "Read", isDryRun ? "Would be new" : "New", "There already", "Left out" })
        {
            table.AddColumn($"[bold]{column}[/]", cell => cell.NoWrap().RightAligned().Padding(0, 0, 2, 0));
        }

        AddRow(table, "People", report.People);
        AddRow(table, "Attendance", report.Attendance);
        console.Write(table);
        if (report.WithoutTemplate > 0)
        {
            console.WriteLine();
            console.WriteLine(
                Number(report.WithoutTemplate, "person has", "people have") + " to register a photo: the encoding there is damaged.");
        }

        Write(console, "Left out", report.LeftOut, report.NotKept.LeftOut);
        Write(console, "Worth knowing", report.Notes, report.NotKept.Notes);
        if (isDryRun)
        {
            console.WriteLine();
            console.WriteLine("This was a dry run: nothing was written.");
        }
    }

    public static void WriteJson(
        Terminal terminal, ImportReport report, IReadOnlyList<(string Key, string Name, string Value)> facts, bool isDryRun)
    {
        using (var json = new Utf8JsonWriter(
            terminal.Output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (key, _, value) in facts)
            {
                json.WriteString(key, value);
            }

            json.WriteBoolean("dryRun", isDryRun);
            Write(json, "people", report.People);
            Write(json, "attendance", report.Attendance);
            json.WriteNumber("withoutTemplate", report.WithoutTemplate);
            json.WriteNumber("withoutAttendance", report.WithoutAttendance);
            Write(json, "leftOut", report.LeftOut);
            Write(json, "notes", report.Notes);
            json.WriteEndObject();
        }

        terminal.Output.WriteByte((byte)'\n');
        terminal.Output.Flush();
    }

    private static void AddRow(Table table, string name, ImportCounts counts) => table.AddRow(
        new Text(name),
        Count(counts.Read),
        Count(counts.New),
        Count(counts.There),
        new Text(Digits(counts.LeftOut), counts.LeftOut > 0 ? Color.Red : Style.Plain));

    private static Text Count(long number) => new(Digits(number));

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(long count, string one, string many) => $"{Digits(count)} {(count == 1 ? one : many)}";

    private static void Write(IAnsiConsole console, string title, IReadOnlyList<ImportNote> notes, long notKept)
    {
        if (notes.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.WriteLine($"{title}:");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn(new GridColumn().PadRight(0));
        foreach (var note in notes.Take(MaxShown))
        {
            var who = note.Who is { Length: > 0 } id ? $" ({Terminal.Excerpt(id)})" : "";
            grid.AddRow(
                new Text(string.Create(CultureInfo.InvariantCulture, $"{note.Table} {note.Id}{who}")), new Text(Terminal.Line(note.Text)));
        }

        console.Write(grid);
        if (notes.Count + notKept > MaxShown)
        {
            console.WriteLine($"  … and {Digits(notes.Count + notKept - MaxShown)} more; --json lists them.");
        }
    }

    private static void Write(Utf8JsonWriter json, string name, ImportCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("read", counts.Read);
        json.WriteNumber("new", counts.New);
        json.WriteNumber("thereAlready", counts.There);
        json.WriteNumber("leftOut", counts.LeftOut);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<ImportNote> notes)
    {
        json.WriteStartArray(name);
        foreach (var note in notes)
        {
            json.WriteStartObject();
            json.WriteString("table", note.Table);
            json.WriteNumber("id", note.Id);
            if (note.Who is not null)
            {
                json.WriteString("employeeId", note.Who);
            }

            json.WriteString("reason", note.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

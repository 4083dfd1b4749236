using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Frat.Vision;
using Spectre.Console;

namespace Frat.Cli.Models;

/// <summary>Shows model files and their states.</summary>
internal static class ModelTable
{
    public static void Write(Terminal terminal, string folder, IReadOnlyList<(ModelFile File, ModelFileState State)> entries)
    {
        var table = new Table().Border(TableBorder.None)
            .AddColumn("[bold]Name[/]", column => column.NoWrap().Padding(0, 0, 2, 0))
            .AddColumn("[bold]Size[/]", column => column.NoWrap().RightAligned().Padding(0, 0, 2, 0))
            .AddColumn("[bold]State[/]", column => column.NoWrap().Padding(0, 0, 2, 0))
            .AddColumn("[bold]Licence[/]", column => column.NoWrap().Padding(0, 0, 0, 0));
        foreach (var (file, state) in entries)
        {
            table.AddRow(
                new Text(file.Name),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{file.Size / 1e6:0.0} MB")),
                StateOf(file, state),
                new Text(IsIdentifier(file.License) ? file.License : "see below"));
        }

        terminal.Tables.Write(table);
        terminal.Tables.WriteLine();
        terminal.Tables.WriteLine($"Folder: {Terminal.Line(folder)}");
        foreach (var file in entries.Select(entry => entry.File).Where(file => !IsIdentifier(file.License)))
        {
            terminal.Tables.WriteLine($"{file.Name}: {file.License}");
        }

        foreach (var file in entries.Select(entry => entry.File).Where(file => file.TrainedOn is not null))
        {
            terminal.Tables.WriteLine($"{file.Name}: Trained on: {file.TrainedOn}");
        }
    }

    public static void WriteJson(Terminal terminal, string folder, IReadOnlyList<(ModelFile File, ModelFileState State)> entries)
    {
        foreach (var (file, state) in entries)
        {
            using (var json = new Utf8JsonWriter(
                terminal.Output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                json.WriteString("name", file.Name);
                json.WriteString("path", Path.Combine(folder, file.Name));
                json.WriteNumber("size", file.Size);
                json.WriteString("sha256", file.Sha256);
                json.WriteString("state", NameOf(state));
                json.WriteBoolean("optional", file.Optional);
                json.WriteString("license", file.License);
                json.WriteString("purpose", file.Purpose);
                json.WriteString("trainedOn", file.TrainedOn);
                json.WriteEndObject();
            }

            terminal.Output.WriteByte((byte)'\n');
        }

        terminal.Output.Flush();
    }

    private static string NameOf(ModelFileState state) => state switch
    {
        ModelFileState.Missing => "missing",
        ModelFileState.Damaged => "damaged",
        _ => "verified",
    };

    private static Text StateOf(ModelFile file, ModelFileState state) => state switch
    {
        ModelFileState.Verified => new Text("verified", Color.Green),
        ModelFileState.Missing when file.Optional => new Text("not pulled", Color.Grey),
        _ => new Text(NameOf(state), Color.Red),
    };

    private static bool IsIdentifier(string license) => !license.Contains(' ', StringComparison.Ordinal);
}

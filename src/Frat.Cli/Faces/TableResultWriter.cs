using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Frat.Cli.Faces;

/// <summary>
/// A row for each face, for people. The rows of a file are shown as soon as they are there, so the columns have fixed widths; the
/// file comes last, where it may be as long as it is.
/// </summary>
/// <param name="terminal">Shows them.</param>
/// <param name="encoder">How encodings are compared; null where there are none.</param>
internal sealed class TableResultWriter(Terminal terminal, FaceEncoderInfo? encoder) : IResultWriter
{
    private const int MinFileWidth = 12;

    private static readonly (string Name, int Width)[] Columns =
        [("Face", 4), ("Left", 5), ("Top", 5), ("Right", 5), ("Bottom", 6), ("Score", 6), ("Distance", 8), ("Image", 9)];

    private FaceEncoding? _first;
    private bool _hasHeader;

    public void Write(FileResult result)
    {
        switch (result)
        {
            case FailedFile failed:
                terminal.WriteError($"{Terminal.Line(failed.File)}: {failed.Error}");
                break;
            case FacesOfFile faces:
                terminal.Tables.Write(Table(faces));
                _hasHeader = true;
                break;
        }
    }

    private Table Table(FacesOfFile result)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = !_hasHeader };
        var left = 0;
        foreach (var (name, width) in Columns.Where(IsShown))
        {
            table.AddColumn(name, column => column.Width(width).NoWrap().RightAligned().Padding(0, 0, 1, 0));
            left += width + 1;
        }

        table.AddColumn("File", column => column.NoWrap().Padding(0, 0, 0, 0));
        var file = new Text(Fit(Terminal.Line(result.File), terminal.Tables.Profile.Width - left));
        var image = Text($"{result.Width}×{result.Height}");
        if (result.Faces.Count == 0)
        {
            table.AddRow([Text($"0"), .. Columns.Skip(1).SkipLast(1).Where(IsShown).Select(_ => Text($"-")), image, file]);
        }

        for (var i = 0; i < result.Faces.Count; i++)
        {
            var (box, score, _, encoding) = result.Faces[i];
            List<IRenderable> row = [
                Text($"{i + 1}"),
                Text($"{box.Left}"),
                Text($"{box.Top}"),
                Text($"{box.Right}"),
                Text($"{box.Bottom}"),
                Text($"{score:0.000}")
            ];
            if (encoding is not null)
            {
                _first ??= encoding;
                row.Add(Text($"{encoder!.Distance(encoding, _first):0.000}"));
            }

            table.AddRow([.. row, image, file]);
        }

        return table;
    }

    private bool IsShown((string Name, int Width) column) => encoder is not null || column.Name != "Distance";

    // The end of a path tells more than its beginning.
    private static string Fit(string path, int width) =>
        path.Length <= Math.Max(width, MinFileWidth) ? path : "…" + path[^(Math.Max(width, MinFileWidth) - 1)..];

    private static Text Text(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));
}

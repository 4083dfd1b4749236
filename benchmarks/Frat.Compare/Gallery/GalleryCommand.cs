using System.CommandLine;
using System.Globalization;
using System.Text;
using Command = System.CommandLine.Command;
using Spectre.Console;

namespace Frat.Compare.Gallery;

/// <summary>
/// Measures the gallery's exact search beside FAISS's, on the same rows and probes, each in a process of its own, in turn.
/// </summary>
internal static class GalleryCommand
{
    private const int Probes = 41;
    private const double BytesOfRow = SyntheticRows.Dimension * sizeof(float);
    private static readonly string[] Columns =
    [
        "templates", "FAISS, first", "FRAT, first", "FAISS", "FRAT", "FAISS / FRAT", "FAISS, 8 probes", "FRAT, 8 probes", "floor, float32",
    ];

    public static Command Create()
    {
        var command = new Command("gallery", "Measures the exact search of the gallery beside FAISS's IndexFlatL2, on one core.");
        var sizes = new Option<int[]>("--templates")
        {
            Description = "How many templates.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1_000, 10_000, 100_000, 1_000_000],
        };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured.", DefaultValueFactory = _ => 3 };
        var report = new Option<string?>("--report") { Description = "A Markdown file whose results are replaced." };
        command.Add(sizes);
        command.Add(rounds);
        command.Add(report);
        command.SetAction(parsed => Run(parsed.GetRequiredValue(sizes), parsed.GetValue(rounds), parsed.GetValue(report)));

        var rows = new Argument<string>("rows");
        var probes = new Argument<string>("probes");
        var measure = new Command("measure", "Times FRAT's searches in this process.") { rows, probes };
        measure.Hidden = true;
        measure.SetAction(parsed => GallerySearch.WriteAsync(parsed.GetRequiredValue(rows), parsed.GetRequiredValue(probes), Console.Out));
        command.Add(measure);
        return command;
    }

    private static int Run(int[] sizes, int rounds, string? report)
    {
        var script = Path.Combine(Repository.Find(), "benchmarks/faiss-peer/search.py");
        var bandwidth = GallerySearch.MemoryBandwidth();
        var lines = new List<string[]>();
        foreach (var size in sizes)
        {
            using var folder = new TemporaryFolder();
            var (rows, probes) = (Path.Combine(folder.Path, "rows"), Path.Combine(folder.Path, "probes"));
            SyntheticRows.WriteRows(rows, size);
            SyntheticRows.WriteProbes(probes, size, Probes);
            var (faiss, frat) = (new List<GallerySearch>(), new List<GallerySearch>());
            for (var round = 1; round <= rounds; round++)
            {
                AnsiConsole.MarkupLine($"{size} templates, round {round} of {rounds} …");
                faiss.Add(GallerySearch.Read(TestKit.Command.Run(
                    "/usr/bin/python3", [script, rows, probes, $"{SyntheticRows.Dimension}"])));
                frat.Add(GallerySearch.Read(TestKit.Command.Run(Environment.ProcessPath!, ["gallery", "measure", rows, probes])));
                Compare(faiss[^1], frat[^1]);
            }

            lines.Add(Line(size, faiss, frat, bandwidth));
        }

        Print(lines, bandwidth, report);
        return 0;
    }

    private static void Compare(GallerySearch faiss, GallerySearch frat)
    {
        for (var i = 0; i < Probes; i++)
        {
            // FAISS takes the difference of large sums, so its distances are less exact.
            if (Math.Abs(faiss.Distances[i] - frat.Distances[i]) > 1e-3)
            {
                throw new InvalidOperationException($"Probe {i}: FAISS finds {faiss.Distances[i]}, FRAT {frat.Distances[i]}.");
            }
        }
    }

    private static string[] Line(int size, List<GallerySearch> faiss, List<GallerySearch> frat, double bandwidth)
    {
        var ratios = faiss.Zip(frat, (one, other) => one.Median / other.Median).Order().ToList();
        return
        [
            size.ToString("N0", CultureInfo.InvariantCulture),
            Milliseconds(faiss, search => search.First),
            Milliseconds(frat, search => search.First),
            Milliseconds(faiss, search => search.Median),
            Milliseconds(frat, search => search.Median),
            string.Create(CultureInfo.InvariantCulture, $"{ratios[ratios.Count / 2]:0.0}× ({ratios[0]:0.0}–{ratios[^1]:0.0})"),
            Milliseconds(faiss, search => search.Eight),
            Milliseconds(frat, search => search.Eight),
            Text(size * BytesOfRow / bandwidth / 1e6),
        ];
    }

    private static void Print(List<string[]> lines, double bandwidth, string? report)
    {
        var table = new Table().Title("Exact search, one core").AddColumns(Columns).Border(TableBorder.Rounded);
        lines.ForEach(line => table.AddRow(line));
        AnsiConsole.Write(table);
        var note = string.Create(CultureInfo.InvariantCulture, $"One core reads {bandwidth:0.0} GB/s from memory.");
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{note}");
        if (report is null)
        {
            return;
        }

        var version = TestKit.Command.Run("dpkg-query", ["--show", "--showformat=${Package} ${Version}", "python3-faiss"]);
        var text = new StringBuilder($"{Report.MachineOnly().TrimEnd('.')}; {version}. {note}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", Columns)} |\n|{string.Concat(Columns.Select(_ => " --- |"))}\n");
        lines.ForEach(line => text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", line)} |\n"));
        Report.Replace(report, "searches", text.ToString());
    }

    private static string Milliseconds(List<GallerySearch> searches, Func<GallerySearch, double> time) =>
        Text(searches.Select(time).Order().ElementAt(searches.Count / 2));

    private static string Text(double milliseconds) =>
        milliseconds.ToString(milliseconds < 1 ? "0.000" : milliseconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " ms";
}

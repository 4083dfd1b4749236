using System.Globalization;
using Frat.Benchmarks;
using Spectre.Console;

namespace Frat.Compare;

/// <summary>Measures dlib, ONNX Runtime and FRAT on the same pixels, in turn, and prints how they compare.</summary>
internal static class CompareCommand
{
    private const double KiBInMiB = 1024;

    /// <param name="rounds">How often each side is measured.</param>
    /// <param name="report">A Markdown file whose results are replaced, or null.</param>
    /// <param name="all">Whether all cores are measured too, beside one thread.</param>
    /// <param name="cnn">Whether the CNN detector is measured too, which takes dlib minutes.</param>
    public static void Run(int rounds, string? report, bool all, bool cnn)
    {
        var repository = Repository.Find();
        var models = ModelFolder();
        var peer = new Peer(repository, models);
        AnsiConsole.MarkupLine("Building dlib for this processor, and the program around ONNX Runtime …");
        peer.Build();
        using var folder = new TemporaryFolder();
        AnsiConsole.MarkupLine("Trying OpenBLAS's kernels …");
        var kernels = OpenBlas.Choose(peer, Pictures.Ppm(folder.Path, 853, 480));
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{kernels}");
        var sections = new List<Section>();
        foreach (var threads in all ? (IEnumerable<int>)[1, Environment.ProcessorCount] : [1])
        {
            var lines = new Lines();
            for (var round = 1; round <= rounds; round++)
            {
                AnsiConsole.MarkupLine($"{threads} thread(s), round {round} of {rounds} …");
                Round(peer, folder.Path, threads, cnn, lines);
            }

            sections.Add(new Section(threads == 1 ? "One thread" : $"All {threads} cores", lines.All));
        }

        sections.ForEach(Print);
        var floor = Floor.MeasureAsync().GetAwaiter().GetResult();
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{floor}");

        if (report is not null)
        {
            Report.Replace(report, $"{kernels}\n\n{floor}", sections);
        }
    }

    private static string ModelFolder()
    {
        foreach (var file in Models.Files.Known.Where(file => !file.Name.Contains("68", StringComparison.Ordinal)))
        {
            Models.Files.GetAsync(file.Name).GetAwaiter().GetResult();
        }

        return Models.Files.Folder;
    }

    private static void Round(Peer peer, string folder, int threads, bool cnn, Lines lines)
    {
        const int many = 15;
        const int few = 3;
        var (small, large) = (Pictures.Ppm(folder, 853, 480), Pictures.Ppm(folder, 1920, 1080));

        var dlib = peer.Dlib(cnn: false, small, threads, many);
        var onnx = peer.Onnx(small, threads, many);
        var frat = Peer.Frat(Contestants.Hog, small, threads, many);
        lines.Add("HOG detector, 853×480", dlib, null, frat, "detect");
        lines.Add(
            "HOG detector, 1920×1080",
            peer.Dlib(cnn: false, large, threads, few),
            null,
            Peer.Frat(Contestants.Hog, large, threads, few),
            "detect");
        lines.Add("Encode one face", dlib, onnx, frat, "encode");
        lines.Add("Encode eight faces", dlib, onnx, frat, "encode8");
        lines.Add($"Pixels to {frat.Milliseconds["faces"]:0} encodings, HOG, 853×480", dlib, null, frat, "all");
        lines.Of("Peak memory, HOG and encoder", "MiB").Add(dlib.PeakKiB / KiBInMiB, null, frat.PeakKiB / KiBInMiB);

        if (cnn)
        {
            lines.Add(
                "CNN detector, 853×480",
                peer.Dlib(cnn: true, small, threads, few),
                null,
                Peer.Frat(Contestants.Cnn, small, threads, few),
                "detect");

            dlib = peer.Dlib(cnn: true, large, threads, repeat: 1);
            frat = Peer.Frat(Contestants.Cnn, large, threads, few);
            lines.Add("CNN detector, 1920×1080", dlib, null, frat, "detect");
            lines.Of("Peak memory, CNN 1920×1080 and encoder", "MiB").Add(dlib.PeakKiB / KiBInMiB, null, frat.PeakKiB / KiBInMiB);
        }

        foreach (var other in Contestants.All.Keys.Except([Contestants.Hog, Contestants.Cnn]))
        {
            var measured = Peer.Frat(other, small, threads, many);
            lines.Of($"{other}: pixels to encodings, 853×480", "ms").Add(null, null, measured.Milliseconds["all"]);
            lines.Of($"{other}: peak memory", "MiB").Add(null, null, measured.PeakKiB / KiBInMiB);
        }
    }

    private static void Print(Section section)
    {
        var table = new Table().Title(section.Title).AddColumns([.. Comparison.Columns]).Border(TableBorder.Rounded);
        foreach (var line in section.Lines)
        {
            table.AddRow([.. line.Cells]);
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("Median of the rounds (quartiles); the ratios with their worst and best round.");
    }

    private sealed class Lines
    {
        private readonly List<Comparison> _lines = [];

        public IReadOnlyList<Comparison> All => _lines;

        public Comparison Of(string what, string unit)
        {
            if (_lines.Find(line => line.What == what) is { } line)
            {
                return line;
            }

            _lines.Add(new Comparison(what, unit));
            return _lines[^1];
        }

        public void Add(string what, Measurement dlib, Measurement? onnx, Measurement frat, string step)
        {
            Of(what, "ms").Add(dlib.Milliseconds[step], onnx?.Milliseconds[step], frat.Milliseconds[step]);
            Of($"{what}: processor", "ms").Add(
                dlib.Milliseconds[step + Timing.Cpu], onnx?.Milliseconds[step + Timing.Cpu], frat.Milliseconds[step + Timing.Cpu]);
        }
    }
}

/// <summary>What was measured with a number of threads.</summary>
/// <param name="Title">How many.</param>
/// <param name="Lines">The table.</param>
internal sealed record Section(string Title, IReadOnlyList<Comparison> Lines);

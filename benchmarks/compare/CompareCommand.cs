using Frat.Benchmarks;
using Spectre.Console;

namespace Frat.Compare;

/// <summary>Measures dlib and FRAT on the same pixels, in turn, and prints how they compare.</summary>
internal static class CompareCommand
{
    private const double KiBInMiB = 1024;

    /// <param name="rounds">How often each side is measured.</param>
    /// <param name="report">A Markdown file whose results are replaced, or null.</param>
    /// <param name="all">Whether all cores are measured too, beside one thread.</param>
    public static void Run(int rounds, string? report, bool all)
    {
        var repository = Repository.Find();
        var models = ModelFolder();
        var peer = new Peer(repository, models);
        AnsiConsole.MarkupLine("Building dlib for this processor …");
        peer.Build();
        using var folder = new TemporaryFolder();
        var sections = new List<(string Title, IReadOnlyList<Comparison> Lines)>();
        foreach (var threads in all ? (IEnumerable<int>)[1, Environment.ProcessorCount] : [1])
        {
            var lines = new Lines();
            for (var round = 1; round <= rounds; round++)
            {
                AnsiConsole.MarkupLine($"{threads} thread(s), round {round} of {rounds} …");
                Round(peer, folder.Path, threads, lines);
            }

            sections.Add((threads == 1 ? "One thread" : $"All {threads} cores", lines.All));
        }

        foreach (var (title, lines) in sections)
        {
            Print(title, lines);
        }

        if (report is not null)
        {
            Report.Replace(report, sections);
        }
    }

    private static string ModelFolder()
    {
        foreach (var file in Contestants.Models.Known.Where(file => !file.Name.Contains("68", StringComparison.Ordinal)))
        {
            Contestants.Models.GetAsync(file.Name).GetAwaiter().GetResult();
        }

        return Contestants.Models.Folder;
    }

    private static void Round(Peer peer, string folder, int threads, Lines lines)
    {
        const int many = 15;
        const int few = 3;
        var (small, large) = (Pictures.Ppm(folder, 853, 480), Pictures.Ppm(folder, 1920, 1080));

        var dlib = peer.Dlib(cnn: false, small, threads, many);
        var frat = Peer.Frat(Contestants.Hog, small, threads, many);
        lines.Add("HOG detector, 853×480", "ms", dlib, frat, "detect");
        lines.Add("Encode one face", "ms", dlib, frat, "encode");
        lines.Add("Encode eight faces", "ms", dlib, frat, "encode8");
        lines.Add($"Pixels to {frat.Milliseconds["faces"]:0} encodings, HOG, 853×480", "ms", dlib, frat, "all");
        lines.Of("Peak memory, HOG and encoder", "MiB").Add(dlib.PeakKiB / KiBInMiB, frat.PeakKiB / KiBInMiB);

        lines.Add("CNN detector, 853×480", "ms", peer.Dlib(cnn: true, small, threads, few), Peer.Frat(Contestants.Cnn, small, threads, few), "detect");

        dlib = peer.Dlib(cnn: true, large, threads, repeat: 1);
        frat = Peer.Frat(Contestants.Cnn, large, threads, few);
        lines.Add("CNN detector, 1920×1080", "ms", dlib, frat, "detect");
        lines.Of("Peak memory, CNN 1920×1080 and encoder", "MiB").Add(dlib.PeakKiB / KiBInMiB, frat.PeakKiB / KiBInMiB);

        foreach (var other in Contestants.All.Keys.Except([Contestants.Hog, Contestants.Cnn]))
        {
            var measured = Peer.Frat(other, small, threads, many);
            lines.Of($"{other}: pixels to encodings, 853×480", "ms").Add(null, measured.Milliseconds["all"]);
            lines.Of($"{other}: peak memory", "MiB").Add(null, measured.PeakKiB / KiBInMiB);
        }
    }

    private static void Print(string title, IReadOnlyList<Comparison> lines)
    {
        var table = new Table().Title(title).AddColumns("", "dlib 19.24", "FRAT", "dlib / FRAT").Border(TableBorder.Rounded);
        foreach (var line in lines)
        {
            table.AddRow(line.What, line.Dlib, line.Frat, line.Ratio);
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("Median of the rounds (quartiles); the ratio with its worst and best round.");
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

        public void Add(string what, string unit, Measurement dlib, Measurement frat, string step)
        {
            Of(what, unit).Add(dlib.Milliseconds[step], frat.Milliseconds[step]);
            Of($"{what}: processor", unit).Add(dlib.Milliseconds[step + Measurement.Cpu], frat.Milliseconds[step + Measurement.Cpu]);
        }
    }
}

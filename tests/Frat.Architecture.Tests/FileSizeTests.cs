namespace Frat.Architecture.Tests;

/// <summary>A file fits into a head, and a line onto a screen beside another.</summary>
public sealed class FileSizeTests
{
    private const int MaxLines = 300;
    private const int MaxLength = 140;

    private static readonly string[] Folders = ["src", "samples", "tests", "benchmarks"];

    // Longer ones that are there still. Who shortens one deletes its line; none is added.
    private static readonly string[] LongFiles =
    [
        "CheckInTests.cs",
        "ImportFlaskCommandTests.cs",
        "PeopleImportTests.cs",
        "RegistrationTests.cs",
        "ReportTests.cs",
        "RetentionContract.cs",
        "ScheduleStoreContract.cs",
        "SkiaImageDecoderTests.cs",
    ];

    // How many long lines a project has still at most. Who wraps some lowers the number; none is raised.
    private static readonly Dictionary<string, int> LongLines = new()
    {
        ["benchmarks/Frat.Benchmarks"] = 2,
        ["benchmarks/compare"] = 15,
        ["benchmarks/storage"] = 11,
        ["src/Frat.Cli"] = 8,
        ["tests/Frat.Cli.Tests"] = 5,
        ["tests/Frat.Fuzz"] = 24,
        ["tests/Frat.Packages.Tests"] = 1,
        ["tests/Frat.Storage.EfCore.PostgreSql.Tests"] = 1,
        ["tests/Frat.Tests"] = 4,
        ["tests/Frat.WebHost.Tests"] = 18,
    };

    [Fact]
    public void Files_HaveAtMost300Lines() => Files()
        .Where(file => File.ReadLines(Path.Combine(Repository.Root, file)).Count() > MaxLines)
        .Select(file => Path.GetFileName(file))
        .Order(StringComparer.Ordinal)
        .ShouldBe(LongFiles);

    [Fact]
    public void Lines_HaveAtMost140Characters()
    {
        var counts = Files()
            .GroupBy(file => string.Join('/', file.Split('/').Take(2)))
            .Select(project => (project.Key, Count: project.Sum(LongLinesOf)))
            .Where(project => project.Count > 0)
            .ToDictionary(project => project.Key, project => project.Count);

        counts.Where(project => project.Value > LongLines.GetValueOrDefault(project.Key))
            .ShouldBeEmpty("These have more long lines than they had.");
        LongLines.Keys.Except(counts.Keys).ShouldBeEmpty("These have none any more: delete their lines, so that it stays so.");
    }

    private static int LongLinesOf(string file) =>
        File.ReadLines(Path.Combine(Repository.Root, file)).Count(line => line.Length > MaxLength);

    // Migrations are generated, but for what is written by hand.
    private static IEnumerable<string> Files() => Folders
        .SelectMany(folder => Repository.SourcesOf(folder).Select(file => $"{folder}/{file}"))
        .Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal)
            || file.EndsWith("HandWritten.cs", StringComparison.Ordinal));
}

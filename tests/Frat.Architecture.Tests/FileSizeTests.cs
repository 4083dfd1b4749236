namespace Frat.Architecture.Tests;

/// <summary>A file fits into a head, and a line onto a screen beside another.</summary>
public sealed class FileSizeTests
{
    private const int MaxLines = 300;
    private const int MaxLength = 140;

    private static readonly string[] Folders = ["src", "samples", "tests", "benchmarks"];

    [Fact]
    public void Files_HaveAtMost300Lines() => Files()
        .Where(file => File.ReadLines(Path.Combine(Repository.Root, file)).Count() > MaxLines)
        .ShouldBeEmpty();

    [Fact]
    public void Lines_HaveAtMost140Characters() => Files()
        .SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, file)).Index()
            .Where(line => line.Item.Length > MaxLength)
            .Select(line => $"{file}:{line.Index + 1}"))
        .ShouldBeEmpty();

    // Migrations are generated, but for what is written by hand.
    private static IEnumerable<string> Files() => Folders
        .SelectMany(folder => Repository.SourcesOf(folder).Select(file => $"{folder}/{file}"))
        .Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal)
            || file.EndsWith("HandWritten.cs", StringComparison.Ordinal));
}

namespace Frat.Architecture.Tests;

/// <summary>The changelog is what a package says of itself in a gallery.</summary>
public sealed class ChangelogTests
{
    private static readonly string[] Sections = ["### Added", "### Changed", "### Deprecated", "### Removed", "### Fixed", "### Security"];

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "CHANGELOG.md"));

    [Fact]
    public void Sections_OfARelease_ComeOnceEachAndInTheirOrder()
    {
        Lines[0].ShouldBe("# Changelog");
        Lines.Count(line => line == "## Unreleased").ShouldBe(1);
        var sections = new List<int>();
        foreach (var line in Lines.Skip(1).Append("## "))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                sections.Add(Array.IndexOf(Sections, line));
                sections[^1].ShouldBeGreaterThanOrEqualTo(0, line);
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                sections.ShouldBe(sections.Distinct().Order());
                sections.Clear();
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                sections.ShouldNotBeEmpty($"In which section? {line}");
            }
        }
    }

    [Fact]
    public void Entries_OfAllSections_AreThereOnce() => Lines.Where(line => line.StartsWith("- ", StringComparison.Ordinal))
        .GroupBy(line => line).Where(line => line.Count() > 1).Select(line => line.Key).ShouldBeEmpty();

    // NuGet's galleries refuse a package with longer release notes.
    [Fact]
    public void Text_FitsIntoAPackagesReleaseNotes() => string.Join('\n', Lines).Length.ShouldBeLessThan(35_000);
}

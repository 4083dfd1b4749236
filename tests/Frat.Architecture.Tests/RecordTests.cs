using System.Text.RegularExpressions;

namespace Frat.Architecture.Tests;

/// <summary>A member that is added to a public record later must not break who makes one: ADR 0026.</summary>
public sealed partial class RecordTests
{
    // Values whose members are all that they are.
    private static readonly string[] Values = ["AffineTransform", "FaceBox", "FacePoint", "ImageRegion", "MeanLandmark"];

    [Fact]
    public void PublicRecords_OfThePackages_AreMadeByTheNamesOfTheirMembers() =>
        Repository.SourcesOf("src").Select(file => File.ReadAllText(Path.Combine(Repository.Root, "src", file)))
            .SelectMany(text => PositionalRecord().Matches(text))
            .Select(match => match.Groups["name"].Value)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Values);

    [GeneratedRegex(@"^public (?:\w+ )*record (?:class |struct )?(?<name>\w+)(?:<[^>]*>)?\s*\(", RegexOptions.Multiline)]
    private static partial Regex PositionalRecord();
}

using System.Text.RegularExpressions;
using Frat.Testing;

namespace Frat.Dlib.Tests.Serialization;

/// <summary>The short run of <c>tests/Frat.Fuzz</c> over model files; CONTRIBUTING has the long one.</summary>
public sealed partial class HostileModelTests
{
    [Theory]
    [InlineData("landmarks5", 300)]
    [InlineData("landmarks68", 10)]
    [InlineData("resnet", 60)]
    [InlineData("mmod", 500)]
    [InlineData("fhog", 500)]
    public async Task Read_DamagedFiles_ReadsOrRefusesThem(string target, int rounds)
    {
        var (exitCode, output) = await FuzzProgram.RunAsync("--target", target, "--rounds", $"{rounds}", "--seed", "2026");

        exitCode.ShouldBe(0, output);
        var counts = Counts().Match(output);
        counts.Success.ShouldBeTrue(output);
        (int.Parse(counts.Groups[1].Value, null) + int.Parse(counts.Groups[2].Value, null)).ShouldBe(rounds);
        int.Parse(counts.Groups[2].Value, null).ShouldBeGreaterThan(0);
    }

    [GeneratedRegex(@": (\d+) accepted, (\d+) refused, 0 findings")]
    private static partial Regex Counts();
}

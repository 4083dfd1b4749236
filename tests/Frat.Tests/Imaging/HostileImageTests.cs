using System.Text.RegularExpressions;
using Frat.Testing;

namespace Frat.Imaging;

/// <summary>The short run of <c>tests/Frat.Fuzz</c> over image files; CONTRIBUTING has the long one.</summary>
public sealed partial class HostileImageTests
{
    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("webp")]
    public async Task Decode_DamagedFilesAndBombs_DecodesOrRefusesThem(string target)
    {
        var (exitCode, output) = await FuzzProgram.RunAsync("--target", target, "--rounds", "1500", "--seed", "2026");

        exitCode.ShouldBe(0, output);
        var counts = Counts().Match(output);
        counts.Success.ShouldBeTrue(output);
        // Files that are all refused by their first bytes would prove nothing.
        int.Parse(counts.Groups[1].Value, null).ShouldBeGreaterThan(20, output);
        int.Parse(counts.Groups[2].Value, null).ShouldBeGreaterThan(20, output);
    }

    [GeneratedRegex(@": (\d+) accepted, (\d+) refused, 0 findings")]
    private static partial Regex Counts();
}

using Frat.TestKit;

namespace Frat.Imaging;

/// <summary>The short run of <c>tests/Frat.Fuzz</c> over image files; CONTRIBUTING has the long one.</summary>
public sealed class HostileImageTests
{
    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("webp")]
    public async Task Decode_DamagedFilesAndBombs_DecodesOrRefusesThem(string target)
    {
        var run = await FuzzProgram.RunAsync("--target", target, "--rounds", "1500", "--seed", "2026");

        run.ExitCode.ShouldBe(0, run.Output);
        // Files that are all refused by their first bytes would prove nothing.
        run.Accepted.GetValueOrDefault().ShouldBeGreaterThan(20, run.Output);
        run.Refused.GetValueOrDefault().ShouldBeGreaterThan(20, run.Output);
    }
}

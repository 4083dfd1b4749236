using Frat.TestKit;

namespace Frat.Dlib.Tests.Serialization;

/// <summary>The short run of <c>tests/Frat.Fuzz</c> over model files; CONTRIBUTING has the long one.</summary>
public sealed class HostileModelTests
{
    [Theory]
    [InlineData("landmarks5", 300)]
    [InlineData("landmarks68", 10)]
    [InlineData("resnet", 60)]
    [InlineData("mmod", 500)]
    [InlineData("fhog", 500)]
    public async Task Read_DamagedFiles_ReadsOrRefusesThem(string target, int rounds)
    {
        var run = await FuzzProgram.RunAsync("--target", target, "--rounds", $"{rounds}", "--seed", "2026");

        run.ExitCode.ShouldBe(0, run.Output);
        (run.Accepted + run.Refused).ShouldBe(rounds, run.Output);
        run.Refused.GetValueOrDefault().ShouldBeGreaterThan(0);
    }
}

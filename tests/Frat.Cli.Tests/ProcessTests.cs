using System.Diagnostics;
using System.Globalization;
using Frat.Dlib;
using Frat.TestKit;

namespace Frat.Cli.Tests;

/// <summary>The tool as its own process, as a shell runs it.</summary>
public sealed class ProcessTests
{
    public ProcessTests() => TestModels.Files.Folder.ShouldNotBeEmpty();

    [Fact]
    public async Task Encode_Piped_WritesPlainTextAndEndsWithTheCode()
    {
        using var process = Start("encode", DebianPhotos.Faces[1], "/nowhere/a.jpg");
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(1);
        output.ShouldNotContain('\e');
        output.ShouldContain("360×480");
        (await error).ShouldBe($"frat: /nowhere/a.jpg: There is no such file.{Environment.NewLine}");
    }

    [Fact]
    public async Task Detect_CtrlC_EndsWith130AfterWholeLines()
    {
        using var process = Start(["detect", "--json", "--upsample", "1", .. Enumerable.Repeat(DebianPhotos.FacesFolder, 200)]);
        (await process.StandardOutput.ReadLineAsync()).ShouldNotBeNull();
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(130);
        (await process.StandardError.ReadToEndAsync()).ShouldBeEmpty();
        (rest.Length == 0 || rest.EndsWith("}\n", StringComparison.Ordinal)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("UTC+5")]
    [InlineData(":/no/such/file")]
    public async Task Report_MachinesZoneIsNoIanaId_AsksForTheDates(string zone)
    {
        var (exitCode, error) = await RunAsync(("TZ", zone), "report", "day", "--database", "frat.db");

        (exitCode, error).ShouldBe(
            (2, $"frat: It can't be told which time zone this machine is in (TZ={zone}). Name the dates with --from and "
                + $"--to.{Environment.NewLine}"));
    }

    [Fact]
    public async Task Report_MachineWithoutTimeZoneData_KnowsTheDate()
    {
        var (exitCode, error) = await RunAsync(("TZ", "Europe/Berlin"), "report", "day", "--database", "/nowhere/frat.db");

        (exitCode, error).ShouldBe((1, $"frat: /nowhere/frat.db: There is no such database.{Environment.NewLine}"));
    }

    private static async Task<(int ExitCode, string Error)> RunAsync((string Name, string Value) setting, params string[] args)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Frat.Cli.dll"), .. args]) { RedirectStandardError = true };
        start.Environment["TZDIR"] = "/var/empty";
        start.Environment[setting.Name] = setting.Value;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    // A script that runs the tests in the background has Ctrl+C ignored, and every process that it starts inherits that: env undoes it.
    private static Process Start(params string[] args) => Process.Start(
        new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Frat.Cli.dll"), .. args])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
}

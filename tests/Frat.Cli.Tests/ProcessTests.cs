using System.Diagnostics;
using System.Globalization;
using Frat.Dlib;
using Frat.Testing;

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

    // A script that runs the tests in the background has Ctrl+C ignored, and every process that it starts inherits that: env undoes it.
    private static Process Start(params string[] args) => Process.Start(
        new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Frat.Cli.dll"), .. args])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
}

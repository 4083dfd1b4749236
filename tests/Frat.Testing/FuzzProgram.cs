using System.Diagnostics;

namespace Frat.Testing;

/// <summary>
/// The built <c>tests/Frat.Fuzz</c> as a process of its own: a native crash, a hang or memory without end is a failed child, and
/// not the end of the test run.
/// </summary>
public static class FuzzProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code and what it printed; where it ended early, also in which case.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory); // tests/<project>/bin/<configuration>/<framework>
        var tests = output.Parent!.Parent!.Parent!.Parent!.FullName;
        var program = Path.Combine(tests, "Frat.Fuzz", "bin", output.Parent.Name, output.Name, "Frat.Fuzz.dll");
        var journal = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["FRAT_FUZZ_JOURNAL"] = journal;
            using var process = Process.Start(start)!;
            var said = process.StandardOutput.ReadToEndAsync();
            var complained = process.StandardError.ReadToEndAsync();
            try
            {
                await process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            var last = process.ExitCode == 0 ? "" : $"\nThe last case: {(await File.ReadAllTextAsync(journal)).Trim()}";
            return (process.ExitCode, await said + await complained + last);
        }
        finally
        {
            File.Delete(journal);
        }
    }
}

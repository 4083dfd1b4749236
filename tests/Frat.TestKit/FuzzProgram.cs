using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Frat.TestKit;

/// <summary>What a run of <see cref="FuzzProgram"/> came to.</summary>
/// <param name="ExitCode">0 when there was no finding.</param>
/// <param name="Output">What it printed; where it ended early, also in which case.</param>
/// <param name="Accepted">Files that were read; null where it ended early, or there were findings.</param>
/// <param name="Refused">Files that were refused, likewise.</param>
public sealed record FuzzResult(int ExitCode, string Output, int? Accepted, int? Refused);

/// <summary>
/// The built <c>tests/Frat.Fuzz</c> as a process of its own: a native crash, a hang or memory without end is a failed child, and
/// not the end of the test run.
/// </summary>
public static partial class FuzzProgram
{
    /// <summary>Runs it to its end.</summary>
    public static async Task<FuzzResult> RunAsync(params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory); // tests/<project>/bin/<configuration>/<framework>
        var tests = output.Parent!.Parent!.Parent!.Parent!.FullName;
        var program = Path.Combine(tests, "Frat.Fuzz", "bin", output.Parent.Name, output.Name, "Frat.Fuzz.dll");
        var journal = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [program, .. arguments]);
            start.Environment["FRAT_FUZZ_JOURNAL"] = journal;
            var (exitCode, said) = await Command.RunAsync(start);
            var last = exitCode == 0 ? "" : $"\nThe last case: {(await File.ReadAllTextAsync(journal)).Trim()}";
            var counts = Counts().Match(said);
            return new FuzzResult(exitCode, said + last, Number(counts.Groups[1]), Number(counts.Groups[2]));
        }
        finally
        {
            File.Delete(journal);
        }
    }

    private static int? Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@": (\d+) accepted, (\d+) refused, 0 findings")]
    private static partial Regex Counts();
}

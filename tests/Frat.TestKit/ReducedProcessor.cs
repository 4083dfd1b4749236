using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Frat.TestKit;

/// <summary>
/// Runs tests of a built test assembly once more, in a process whose processor seems to have fewer instructions. .NET reads the
/// settings at its start, so that it can't be done in one process.
/// </summary>
public static class ReducedProcessor
{
    private const string ReportKey = "FRAT_REDUCED_PROCESSOR_REPORT";

    /// <summary>Vectors of no kind; of 128 bits at most; of 256 bits at most.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["DOTNET_EnableHWIntrinsic", "DOTNET_EnableAVX2", "DOTNET_EnableAVX512"];

    /// <summary>In a process that <see cref="RunAsync"/> started, tells it which instructions are really missing.</summary>
    public static void Report()
    {
        if (Environment.GetEnvironmentVariable(ReportKey) is { } file)
        {
            File.WriteAllLines(file, Kinds.Where(IsReduced));
        }
    }

    /// <summary>True when this process lacks the instructions that a setting is about.</summary>
    public static bool IsReduced(string kind) => kind switch
    {
        "DOTNET_EnableHWIntrinsic" => !Vector128.IsHardwareAccelerated,
        "DOTNET_EnableAVX2" => !Avx2.IsSupported && !Vector256.IsHardwareAccelerated,
        _ => !Avx512F.IsSupported && !Vector512.IsHardwareAccelerated,
    };

    /// <summary>Runs tests with a setting at 0.</summary>
    /// <param name="assembly">The test assembly's file.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="filter">Which tests, as <c>dotnet test --filter</c> takes it.</param>
    /// <returns>
    /// The exit code, what was printed, and which of <see cref="Kinds"/> the process lacked, if it ran <see cref="Report"/>.
    /// </returns>
    public static async Task<(int ExitCode, string Output, IReadOnlyList<string> Lacked)> RunAsync(
        string assembly, string kind, string filter)
    {
        var start = new ProcessStartInfo("dotnet", ["test", assembly, "--filter", filter, "--nologo"]);
        foreach (var other in Kinds)
        {
            start.Environment.Remove(other);
        }

        var report = Path.GetTempFileName();
        try
        {
            start.Environment[kind] = "0";
            start.Environment[ReportKey] = report;
            var (exitCode, output) = await Command.RunAsync(start);
            return (exitCode, output, await File.ReadAllLinesAsync(report));
        }
        finally
        {
            File.Delete(report);
        }
    }
}

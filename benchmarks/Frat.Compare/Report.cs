using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Frat.TestKit;

namespace Frat.Compare;

/// <summary>Writes results into a Markdown file, between two markers.</summary>
internal static class Report
{
    /// <summary>Replaces what stands between the markers of a name.</summary>
    public static void Replace(string path, string name, string results)
    {
        var (first, last) = ($"<!-- {name}: written by benchmarks/Frat.Compare -->", $"<!-- end of {name} -->");
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(first, StringComparison.Ordinal), text.IndexOf(last, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{path} lacks the lines '{first}' and '{last}'.");
        }

        File.WriteAllText(path, string.Concat(text.AsSpan(0, begin), $"{first}\n\n{results.Trim()}\n\n", text.AsSpan(end)));
    }

    public static void Replace(string path, string notes, IReadOnlyList<Section> sections)
    {
        var results = new StringBuilder(Machine()).Append('\n').Append(notes).Append('\n');
        foreach (var section in sections)
        {
            results.Append(CultureInfo.InvariantCulture, $"\n### {section.Title}\n\n");
            Row(Comparison.Columns);
            Row([.. Comparison.Columns.Select(_ => "---")]);
            foreach (var line in section.Lines)
            {
                Row(line.Cells);
            }
        }

        Replace(path, "results", results.ToString());

        void Row(IReadOnlyList<string> cells) => results.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
    }

    /// <summary>The day, the processor with the width of its vectors, the system, and .NET.</summary>
    public static string MachineOnly()
    {
        var cpu = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetUtcNow():d MMMM yyyy}. {cpu}, {Environment.ProcessorCount} cores, vectors of {Vectors()}; "
                + $"{RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}.");
    }

    // What the encoder's network uses, and what there is.
    private static string Vectors() => Vector512.IsHardwareAccelerated
        ? "512 bits"
        : $"{Vector<byte>.Count * 8} bits" + (System.Runtime.Intrinsics.X86.Avx512F.IsSupported ? " (AVX-512 is there)" : "");

    private static string Machine()
    {
        var blas = Command.Run("dpkg-query", ["--show", "--showformat=${Package} ${Version}", "libopenblas-dev"]);
        return $"{MachineOnly().TrimEnd('.')}; dlib 19.24 for this processor (-O3 -march=native), {blas}.";
    }
}

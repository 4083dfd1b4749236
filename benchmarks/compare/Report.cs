using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Frat.Testing;

namespace Frat.Compare;

/// <summary>Writes results into a Markdown file, between two markers.</summary>
internal static class Report
{
    private const string Begin = "<!-- results: written by benchmarks/compare -->";
    private const string End = "<!-- end of results -->";

    public static void Replace(string path, IReadOnlyList<(string Title, IReadOnlyList<Comparison> Lines)> sections)
    {
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{path} lacks the lines '{Begin}' and '{End}'.");
        }

        var results = new StringBuilder(Begin).Append("\n\n").Append(Machine()).Append('\n');
        foreach (var (title, lines) in sections)
        {
            results.Append(CultureInfo.InvariantCulture, $"\n### {title}\n\n| | dlib 19.24 | FRAT | dlib / FRAT |\n| --- | --- | --- | --- |\n");
            foreach (var line in lines)
            {
                results.Append(CultureInfo.InvariantCulture, $"| {line.What} | {line.Dlib} | {line.Frat} | {line.Ratio} |\n");
            }
        }

        File.WriteAllText(path, string.Concat(text.AsSpan(0, begin), results.Append('\n').ToString(), text.AsSpan(end)));
    }

    private static string Machine()
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var blas = Command.Run("dpkg-query", ["--show", "--showformat=${Package} ${Version}", "libopenblas-dev"]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetUtcNow():d MMMM yyyy}. {cpu}, {Environment.ProcessorCount} cores, vectors of {System.Numerics.Vector<byte>.Count * 8} bits; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; dlib 19.24 for this processor (-O3 -march=native), {blas}.");
    }
}

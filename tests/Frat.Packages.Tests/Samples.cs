using System.Text;
using System.Text.RegularExpressions;

namespace Frat.Packages.Tests;

/// <summary>The C# of the documents, as a reader would paste it: with no more usings than it names and a new project has.</summary>
internal static partial class Samples
{
    // Parts of a program, which say so in the text around them.
    private static readonly string[] Fragments = ["src/Frat.Conformance/README.md", "docs/benchmarks.md"];

    /// <summary>Where samples are.</summary>
    public static IEnumerable<string> Documents =>
        Directory.GetFiles(Packed.Root, "README.md").Concat(Directory.GetFiles(Path.Combine(Packed.Root, "docs"), "*.md"))
            .Concat(Directory.GetDirectories(Path.Combine(Packed.Root, "src")).Select(folder => Path.Combine(folder, "README.md")))
            .Select(path => Path.GetRelativePath(Packed.Root, path)).Except(Fragments);

    /// <summary>Reads the samples of a document. One that has nothing but usings belongs to the next.</summary>
    public static IEnumerable<string> Read(string document)
    {
        var usings = "";
        foreach (Match match in Code().Matches(File.ReadAllText(Path.Combine(Packed.Root, document))))
        {
            var code = match.Groups[1].Value;
            if (code.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(IsUsing))
            {
                usings += code;
                continue;
            }

            yield return usings + code;
            usings = "";
        }
    }

    /// <summary>Makes one file of a sample. What is a program's text becomes a method, so that many fit into one project.</summary>
    public static string ToSource(string sample, string name)
    {
        var lines = sample.Split('\n');
        if (lines.Any(line => line.StartsWith("public ", StringComparison.Ordinal)))
        {
            return string.Join('\n', [.. lines.Where(IsUsing), $"namespace {name};", .. lines.Where(line => !IsUsing(line))]);
        }

        var source = new StringBuilder();
        source.AppendJoin('\n', lines.Where(IsUsing));
        source.Append("\ninternal static class ").Append(name).Append("\n{\n    public static async Task RunAsync(string[] args)\n    {\n");
        source.AppendJoin('\n', lines.Where(line => !IsUsing(line)));
        return source.Append("\n        await Task.CompletedTask;\n    }\n}\n").ToString();
    }

    private static bool IsUsing(string line) => UsingDirective().IsMatch(line);

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^using [\w.]+;")]
    private static partial Regex UsingDirective();
}

using System.Xml.Linq;

namespace Frat.Architecture.Tests;

/// <summary>
/// Everything depends on Frat.Abstractions; Frat, Frat.Dlib, Frat.Onnx and Frat.Storage.EfCore do not know each other; only Frat.Hosting
/// and hosts put them together. Read from the project files, so that a reference that no code uses yet counts too.
/// </summary>
public sealed class DependencyRuleTests
{
    private static readonly string[] Composed =
    [
        "Frat.Abstractions", "Frat", "Frat.Vision", "Frat.Dlib", "Frat.Onnx",
        "Frat.Storage.EfCore", "Frat.Storage.EfCore.PostgreSql", "Frat.Storage.EfCore.Sqlite",
    ];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Frat.Abstractions"] = [],
        ["Frat"] = ["Frat.Abstractions"],
        ["Frat.Vision"] = ["Frat.Abstractions"],
        ["Frat.Dlib"] = ["Frat.Abstractions", "Frat.Vision"],
        ["Frat.Onnx"] = ["Frat.Abstractions", "Frat.Vision"],

        // Tests for stores: they run on the engine's own rules of attendance, with any store.
        ["Frat.Conformance"] = ["Frat.Abstractions", "Frat"],

        // For applications' tests: whatever engine they have, and no database.
        ["Frat.Testing"] = ["Frat.Abstractions"],
        ["Frat.Storage.EfCore"] = ["Frat.Abstractions"],
        ["Frat.Storage.EfCore.PostgreSql"] = ["Frat.Abstractions", "Frat.Storage.EfCore"],
        ["Frat.Storage.EfCore.Sqlite"] = ["Frat.Abstractions", "Frat.Storage.EfCore"],

        // Endpoints on the engine, for any application: which encoder and store it has is the application's business.
        ["Frat.AspNetCore"] = ["Frat.Abstractions", "Frat"],

        // They put the others together: one for applications, and a host.
        ["Frat.Hosting"] = Composed,
        ["Frat.Cli"] = [.. Composed, "Frat.Hosting"],
    };

    // What a contract must never drag in: a user of the abstractions gets no imaging, no database, no native code.
    private static readonly string[] LightPackages =
        ["Microsoft.Extensions.DependencyInjection.Abstractions", "System.Numerics.Tensors"];

    private static readonly string[] ProcessWide =
        ["GC.Collect", "GCSettings", "\"mallopt\"", "\"malloc_trim\"", "AppContext.SetSwitch", "AppContext.SetData", "ThreadPool.SetM"];

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfAProject_AreAllowed(string project)
    {
        Allowed.ShouldContainKey(project, "A new project needs its line in this test.");

        References(project, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Except(Allowed[project]).ShouldBeEmpty();
    }

    [Fact]
    public void Packages_OfTheAbstractions_AreLight() =>
        References("Frat.Abstractions", "PackageReference").Except(LightPackages).ShouldBeEmpty();

    // A library that sets what is the whole process's surprises the application that it is a part of: that is asked for, and in one place.
    [Fact]
    public void ProcessWideSettings_OfMemory_AreMadeInFratHostingOnly() => Directory
        .GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => File.ReadAllText(file) is var text
            && ProcessWide.Any(call => text.Contains(call, StringComparison.Ordinal)))
        .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Split(Path.DirectorySeparatorChar)[0])
        .Distinct().ShouldBe(["Frat.Hosting"]);

    // ONNX Runtime is native code, 15 to 45 MB for each platform: who takes dlib's encoder alone gets none of it.
    [Fact]
    public void OnnxRuntime_IsReferenced_ByFratOnnxAndBenchmarksOnly() => Directory
        .GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => !file.StartsWith("benchmarks/", StringComparison.Ordinal)
            && !file.StartsWith("artifacts/", StringComparison.Ordinal) && file != "src/Frat.Onnx/Frat.Onnx.csproj")
        .Where(file => XDocument.Load(Path.Combine(Repository.Root, file)).Descendants()
            .Select(element => element.Attribute("Include")?.Value ?? "")
            .Any(include => include.Contains("OnnxRuntime", StringComparison.OrdinalIgnoreCase)
                || include.Contains("OnnxPeer/", StringComparison.Ordinal)))
        .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void TestProject_OfAProject_Exists(string project) =>
        Directory.Exists(Path.Combine(Repository.Root, "tests", project + ".Tests")).ShouldBeTrue($"tests/{project}.Tests is missing.");

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
            .Descendants(kind).Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'));
}

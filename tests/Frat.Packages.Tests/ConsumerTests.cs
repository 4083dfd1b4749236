using Frat.TestKit;

namespace Frat.Packages.Tests;

/// <summary>What a developer meets who uses the packed packages.</summary>
[Collection(PackedPackages.Name)]
public sealed class ConsumerTests(Packed packed)
{
    private const long Megabyte = 1024 * 1024;

    // An application that is a few patches behind, as most are, and for every platform.
    [Fact]
    public void Samples_OfTheDocuments_CompileAndRunOnThePackagesOfAnApplicationThatIsNotOnTheNewestPatch()
    {
        using var consumer = new Consumer(
            packed,
            "<NoWarn>CS1591</NoWarn><GenerateProgramFile>false</GenerateProgramFile><IsTestProject>false</IsTestProject>",
            ("Frat", null),
            ("Frat.AspNetCore", null),
            ("Frat.Hosting", null),
            ("Frat.Dlib", null),
            ("Frat.Onnx", null),
            ("Frat.Storage.EfCore.Sqlite", null),
            ("Frat.Storage.EfCore.PostgreSql", null),
            ("Frat.Conformance", null),
            ("Frat.Testing", null),
            ("Microsoft.Extensions.Hosting", "10.0.10"), ("Microsoft.EntityFrameworkCore.Sqlite", "10.0.10"),
            ("Microsoft.EntityFrameworkCore.Relational", "10.0.10"), ("Npgsql.EntityFrameworkCore.PostgreSQL", "10.0.1"));
        var samples = Samples.Documents.SelectMany(document => Samples.Read(document).Select((code, index) => (document, code, index)))
            .ToList();
        samples.Count.ShouldBeGreaterThan(6);
        foreach (var (document, code, index) in samples)
        {
            var name = $"{document.Replace('/', '_').Replace('.', '_').Replace('-', '_')}_{index}";
            consumer.Write($"{name}.cs", Samples.ToSource(code, name));
        }

        consumer.Write("Program.cs", """
            await docs_tenants_md_0.RunAsync([]);
            await docs_testing_md_0.RunAsync([]);
            await src_Frat_Dlib_README_md_0.RunAsync(args);
            """);

        consumer.Publish();

        // SkiaSharp's symbols for Windows are 288 MB. ONNX Runtime's libraries of all platforms are 250 MB; that is its package's way.
        var files = new DirectoryInfo(consumer.Output).GetFiles("*", SearchOption.AllDirectories);
        files.ShouldNotContain(file => file.Name == "libSkiaSharp.pdb");
        files.ShouldContain(file => file.Name == "libSkiaSharp.dll");
        files.Where(file => !file.Name.Contains("onnxruntime", StringComparison.Ordinal)).Sum(file => file.Length)
            .ShouldBeLessThan(300 * Megabyte);
        var output = Command.Run("dotnet", [Path.Combine(consumer.Output, "Consumer.dll"), .. Photos], consumer.Folder);
        File.Exists(Path.Combine(consumer.Folder, "tenants", "acme", "frat.db")).ShouldBeTrue();
        File.Exists(Path.Combine(consumer.Folder, "tenants", "globex", "frat.db")).ShouldBeTrue();
        output.ShouldContain(SamePerson);
        output.ShouldContain("Recognized: Ada Lovelace");
    }

    // Without a test project of xunit 2 no contract would run, and all would be green.
    [Fact]
    public async Task Conformance_WithXunitV3_DoesNotBuild()
    {
        using var consumer = new Consumer(packed, "", ("Frat.Conformance", null), ("xunit.v3", "3.2.2"));

        var (exitCode, output) = await consumer.BuildAsync();

        exitCode.ShouldNotBe(0);
        output.ShouldContain("error FRAT0001: Frat.Conformance's contracts are tests of xunit 2");
    }

    [Fact]
    public void Encoder_CompiledAheadOfTime_GivesTheSameDistance()
    {
        NativeCompiler.Install();
        using var consumer = new Consumer(
            packed,
            "<PublishAot>true</PublishAot>",
            ("Frat", null),
            ("Frat.Dlib", null),
            ("Microsoft.Extensions.DependencyInjection", "10.0.10"));
        consumer.Write("Program.cs", Samples.Read("src/Frat.Dlib/README.md").Single());

        consumer.Publish("--use-current-runtime");

        // The same program before it was compiled.
        var before = Directory.GetFiles(Path.Combine(consumer.Folder, "bin"), "Consumer.runtimeconfig.json", SearchOption.AllDirectories)
            .Select(file => Path.Combine(Path.GetDirectoryName(file)!, "Consumer.dll")).First(File.Exists);
        var expected = Command.Run("dotnet", [before, .. Photos], consumer.Folder);
        expected.ShouldContain(SamePerson);
        Command.Run(Path.Combine(consumer.Output, "Consumer"), Photos, consumer.Folder).ShouldBe(expected);
        File.Exists(Path.Combine(consumer.Output, "Frat.Dlib.dll")).ShouldBeFalse();
    }

    private static string[] Photos => [.. DebianPhotos.Johns["John_Salley"].Take(2)];

    private const string SamePerson = "the same person";
}

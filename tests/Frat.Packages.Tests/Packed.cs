using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Frat.TestKit;

namespace Frat.Packages.Tests;

/// <summary>
/// All packages, packed once from a copy of the sources in a folder of its own, so that nothing else that is built meanwhile is touched.
/// </summary>
public sealed class Packed : IDisposable
{
    /// <summary>A domain that is nobody's: anyone who publishes names the real address.</summary>
    public const string Url = "https://frat.example/frat";

    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly string _folder = Directory.CreateTempSubdirectory("frat-packages-").FullName;

    public Packed()
    {
        CopyOfRepository(Sources);
        Command.Run(
            "dotnet", ["build", "eng/Pack.proj", "-v", "q", $"-p:PackageOutputPath={Feed}", .. Settings], Sources, CleanEnvironment);
    }

    /// <summary>The packages.</summary>
    public string Feed => Path.Combine(_folder, "feed");

    /// <summary>Where the sources were that they were made of.</summary>
    public string Sources => Path.Combine(_folder, "sources");

    /// <summary>A version that no cache of NuGet's has.</summary>
    public string Version { get; } = $"0.1.0-t{Guid.NewGuid():N}"[..15];

    public static string Root { get; } = FindRoot();

    /// <summary>
    /// What a build of packages is given. The compiler is not shared with other builds: a package comes of its sources alone.
    /// </summary>
    public IEnumerable<string> Settings =>
    [
        $"-p:Version={Version}",
        $"-p:FratRepositoryUrl={Url}",
        $"-p:SourceRevisionId={Commit}",
        "-p:RunAnalyzers=false",
        "-p:UseSharedCompilation=false",
    ];

    /// <summary>A test's own settings of MSBuild and the coverage of its process are none of the build's.</summary>
    internal static (string Name, string Value)[] CleanEnvironment =>
        [("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1")];

    /// <summary>Runs a build that may fail.</summary>
    internal static async Task<(int ExitCode, string Output)> DotnetAsync(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        foreach (var (name, value) in CleanEnvironment)
        {
            start.Environment[name] = value;
        }

        return await Command.RunAsync(start);
    }

    public ZipArchive Open(string id, string extension = "nupkg") => ZipFile.OpenRead(Path.Combine(Feed, $"{id}.{Version}.{extension}"));

    public bool Has(string id, string extension) => File.Exists(Path.Combine(Feed, $"{id}.{Version}.{extension}"));

    public XElement Metadata(string id)
    {
        using var package = Open(id);
        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        foreach (var element in metadata.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return metadata;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Copies the sources of the packages, and nothing that was built.</summary>
    public void CopySources(string target)
    {
        foreach (var file in Directory.EnumerateFiles(Sources, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Sources, file);
            if (!path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            {
                Copy(file, Path.Combine(target, path));
            }
        }
    }

    // What packages are made of: the files that git knows or would take.
    private static void CopyOfRepository(string target)
    {
        string[] parts = [
            "src",
            "models",
            "eng",
            "Directory.Build.props",
            "Directory.Packages.props",
            "global.json",
            ".editorconfig",
            "CHANGELOG.md",
            "THIRD-PARTY-NOTICES.md"
        ];
        foreach (var file in Command.Run("git", ["ls-files", "-co", "--exclude-standard", "--", .. parts], Root)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var source = Path.Combine(Root, file);
            if (File.Exists(source)) // Not where it was deleted, and that isn't committed yet.
            {
                Copy(source, Path.Combine(target, file));
            }
        }
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, target);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "frat.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}

/// <summary>One packing for all tests.</summary>
[CollectionDefinition(Name)]
public sealed class PackedPackages : ICollectionFixture<Packed>
{
    public const string Name = "Packed packages";
}

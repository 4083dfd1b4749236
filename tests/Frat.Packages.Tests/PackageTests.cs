using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;
using Frat.TestKit;

namespace Frat.Packages.Tests;

/// <summary>Each package, opened: what somebody who finds it in a gallery sees, and what they get.</summary>
[Collection(PackedPackages.Name)]
public sealed partial class PackageTests(Packed packed)
{
    private static readonly string[] Ids = [
        .. Directory.GetDirectories(Path.Combine(Packed.Root, "src")).Select(folder => Path.GetFileName(folder)!)
    ];

    // Carry their symbols in themselves.
    private static readonly string[] Embedded = ["Frat.Conformance", "Frat.Cli"];

    // The lowest that a library asks for: an application with any newer patch restores.
    private static readonly Dictionary<string, string> Floors = new()
    {
        ["Microsoft.EntityFrameworkCore."] =
            "10.0.0", ["Microsoft.AspNetCore."] = "10.0.0",
        ["Microsoft.Extensions."] = "10.0.0", ["System.Numerics.Tensors"] = "10.0.0", ["Npgsql."] = "10.0.0",
    };

    public static TheoryData<string> All => [.. Ids];

    public static TheoryData<string> Libraries => [.. Ids.Where(id => id != "Frat.Cli")];

    [Theory]
    [MemberData(nameof(All))]
    public void Package_InAGallery_SaysWhatItIs(string id)
    {
        var metadata = packed.Metadata(id);
        using var package = packed.Open(id);

        metadata.Element("license")!.Value.ShouldBe("MIT");
        metadata.Element("projectUrl")!.Value.ShouldBe(Packed.Url);
        metadata.Element("repository")!.Attribute("url")!.Value.ShouldBe(Packed.Url);
        metadata.Element("repository")!.Attribute("commit")!.Value.Length.ShouldBe(40);
        metadata.Element("releaseNotes")!.Value.ShouldStartWith("# Changelog");
        metadata.Element("description")!.Value.ShouldContain("Needs .NET 10");
        Text(package, metadata.Element("readme")!.Value).ShouldStartWith($"# {(id == "Frat.Cli" ? "frat" : id)}\n");
        Bytes(package, metadata.Element("icon")!.Value)[..4].ShouldBe([0x89, 0x50, 0x4E, 0x47]); // PNG.
        Text(package, "THIRD-PARTY-NOTICES.md").ShouldContain("SharpZipLib");
        Text(package, "licenses/Apache-2.0.txt").ShouldContain("Apache License");
    }

    [Fact]
    public void Tags_AndDescriptions_AreEachPackagesOwn()
    {
        Ids.Select(id => packed.Metadata(id).Element("tags")!.Value).Distinct().Count().ShouldBe(Ids.Length);
        Ids.Select(id => packed.Metadata(id).Element("description")!.Value).Distinct().Count().ShouldBe(Ids.Length);
        packed.Metadata("Frat.Storage.EfCore.PostgreSql").Element("tags")!.Value.ShouldContain("postgresql");
        packed.Metadata("Frat.Storage.EfCore.Sqlite").Element("tags")!.Value.ShouldContain("sqlite");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Readme_InAGallery_HasNoLinksIntoTheRepository(string id)
    {
        using var package = packed.Open(id);

        Links().Matches(Text(package, "README.md")).Select(link => link.Groups[1].Value)
            .ShouldAllBe(link => link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith('#'));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Files_OfALibrary_AreTheLibraryAndItsDocumentation(string id)
    {
        using var package = packed.Open(id);

        package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal))
            .ShouldBe([$"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], ignoreOrder: true);
        Text(package, $"lib/net10.0/{id}.xml").ShouldNotContain("docs/"); // Of the repository, which a user of the package hasn't.
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Symbols_OfAPackage_AreThere(string id)
    {
        packed.Has(id, "snupkg").ShouldBe(!Embedded.Contains(id));
        if (!Embedded.Contains(id))
        {
            using var symbols = packed.Open(id, "snupkg");
            symbols.GetEntry($"lib/net10.0/{id}.pdb").ShouldNotBeNull();
            return;
        }

        using var package = packed.Open(id);
        using var library = new PEReader(new MemoryStream(Bytes(package, Library(package, id).FullName)));
        var entry = library.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var provider = library.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        provider.GetMetadataReader().Documents.Count.ShouldBeGreaterThan(5);
    }

    // Of the machine that packed: another would make other files, and readers would learn of its folders.
    [Theory]
    [MemberData(nameof(All))]
    public void Files_OfAPackage_HoldNoPathOfTheMachine(string id)
    {
        using var package = packed.Open(id);
        foreach (var entry in package.Entries.Where(entry => Path.GetFileName(entry.Name).StartsWith("Frat", StringComparison.Ordinal)))
        {
            var bytes = Bytes(package, entry.FullName);

            bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(packed.Sources)).ShouldBe(-1, entry.FullName);
            bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Packed.Root)).ShouldBe(-1, entry.FullName);
        }
    }

    [Fact]
    public void Pack_InAnotherFolder_MakesTheSameFiles()
    {
        var folder = Directory.CreateTempSubdirectory("frat-elsewhere-").FullName;
        try
        {
            packed.CopySources(folder);
            Command.Run(
                "dotnet", ["build", "src/Frat.Dlib", "-c", "Release", "-v", "q", .. packed.Settings], folder, Packed.CleanEnvironment);
            foreach (var id in (string[])["Frat.Abstractions", "Frat.Vision", "Frat.Dlib"])
            {
                using var package = packed.Open(id);
                var packedFile = Bytes(package, $"lib/net10.0/{id}.dll");
                var file = File.ReadAllBytes(Path.Combine(folder, "src", "Frat.Dlib", "bin", "Release", "net10.0", $"{id}.dll"));
                file.Length.ShouldBe(packedFile.Length, id);
                file.AsSpan().CommonPrefixLength(packedFile).ShouldBe(file.Length, $"{id}: where they begin to differ");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // What eng/Library.targets does once Directory.Build.props names a release: here the packages of this run stand for it.
    [Fact]
    public async Task Pack_OfALibraryWithoutAMemberOfTheLastRelease_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("frat-baseline-").FullName;
        try
        {
            packed.CopySources(folder);
            var file = Path.Combine(folder, "src", "Frat.Abstractions", "Attendance", "PunchReceipt.cs");
            var source = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(file, source.Replace("bool Marked ", "bool Renamed ", StringComparison.Ordinal));
            var (exitCode, output) = await Packed.DotnetAsync(
                folder,
                [
                    "pack", "src/Frat.Abstractions", "-c", "Release", "-v", "q", .. packed.Settings,
                    $"-p:FratBaselineVersion={packed.Version}",
                    $"-p:RestoreAdditionalProjectSources={packed.Feed}",
                    $"-p:RestorePackagesPath={Path.Combine(folder, "packages")}",
                    $"-p:RestoreFallbackFolders={Consumer.Cache}",
                ]);

            exitCode.ShouldNotBe(0);
            output.ShouldContain("CP0002");
            output.ShouldContain("Frat.PunchReceipt.Marked");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Dependencies_OfALibrary_AreWhatItReferencesInTheLowestVersions(string id)
    {
        var project = File.ReadAllText(Path.Combine(Packed.Root, "src", id, $"{id}.csproj"));
        foreach (var dependency in packed.Metadata(id).Descendants("dependency"))
        {
            var (name, version) = (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value);

            project.ShouldContain(name); // Not what a pin of the repository's brought in.
            foreach (var (prefix, floor) in Floors.Where(floor => name.StartsWith(floor.Key, StringComparison.Ordinal)))
            {
                version.ShouldBe(floor, $"{name} ({prefix})");
            }
        }
    }

    // They see each other's internals: any other version would fail where it is called, not where it is restored.
    [Theory]
    [InlineData("Frat.Storage.EfCore.Sqlite")]
    [InlineData("Frat.Storage.EfCore.PostgreSql")]
    public void Dependencies_OfADatabase_HaveItsOwnVersionOfTheStore(string id) => packed.Metadata(id).Descendants("dependency")
        .Single(dependency => dependency.Attribute("id")!.Value == "Frat.Storage.EfCore").Attribute("version")!.Value
        .ShouldBe($"[{packed.Version}]");

    [Fact]
    public void Tool_OnEachPlatform_HasItsNativeLibraries()
    {
        using var package = packed.Open("Frat.Cli");
        var names = package.Entries.Select(entry => entry.FullName).ToList();
        foreach (var platform in (string[])[
            "linux-x64", "linux-arm64", "linux-musl-x64", "linux-musl-arm64", "win-x64", "win-arm64", "osx-x64", "osx-arm64"
        ])
        {
            names.ShouldContain(
                name => name.Contains($"/runtimes/{platform}/native/", StringComparison.Ordinal) && name.Contains("e_sqlite3"), platform);
            var skia = platform.StartsWith("osx", StringComparison.Ordinal) ? "osx" : platform;
            names.ShouldContain(name => name.Contains($"/runtimes/{skia}/native/libSkiaSharp", StringComparison.Ordinal), platform);
        }

        names.ShouldNotContain(name => name.EndsWith("SkiaSharp.pdb", StringComparison.Ordinal));
    }

    // Anyone who gives files of others on has to give their notices on.
    [Fact]
    public void Notices_OfTheTool_NameEachLibraryInIt()
    {
        using var package = packed.Open("Frat.Cli");
        var notices = Text(package, "THIRD-PARTY-NOTICES.md");
        foreach (var library in package.Entries.Where(entry => entry.FullName.StartsWith("tools/net10.0/any/", StringComparison.Ordinal)
            && entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(library.Name).Replace("ICSharpCode.", "", StringComparison.Ordinal);
            (name.StartsWith("Frat", StringComparison.Ordinal)
                || Known(name).Any(known => notices.Contains(known, StringComparison.Ordinal))).ShouldBeTrue(name);
        }

        // The name, or what a line with a star stands for; and the native libraries of two.
        static IEnumerable<string> Known(string name) => name switch
        {
            _ when name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) => ["Microsoft.Extensions.*"],
            _ when name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) =>
                ["Microsoft.EntityFrameworkCore and its providers"],
            _ when name.StartsWith("Npgsql", StringComparison.Ordinal) => ["Npgsql and its provider"],
            _ when name.StartsWith("SQLitePCLRaw", StringComparison.Ordinal) || name == "e_sqlite3" => ["SQLitePCLRaw"],
            "libSkiaSharp" => ["SkiaSharp and its native assets"],
            _ when name.StartsWith("Spectre.Console", StringComparison.Ordinal) => ["Spectre.Console"],
            _ => [name],
        };
    }

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Links();

    private static ZipArchiveEntry Library(ZipArchive package, string id) => package.Entries.Single(entry => entry.Name == $"{id}.dll");

    private static string Text(ZipArchive package, string name) => Encoding.UTF8.GetString(Bytes(package, name));

    private static byte[] Bytes(ZipArchive package, string name)
    {
        using var stream = package.GetEntry(name).ShouldNotBeNull(name).Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

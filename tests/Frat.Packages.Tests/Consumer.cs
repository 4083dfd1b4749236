using System.Security;
using Frat.TestKit;

namespace Frat.Packages.Tests;

/// <summary>
/// A project of somebody who uses the packages: outside the repository, restored from the packed ones and this machine's usual sources.
/// </summary>
internal sealed class Consumer : IDisposable
{
    private readonly Packed _packed;

    /// <summary>Makes the project.</summary>
    /// <param name="packed">The packages.</param>
    /// <param name="properties">Properties of the project.</param>
    /// <param name="packages">What it references; a version is needed for packages that aren't FRAT's.</param>
    public Consumer(Packed packed, string properties, params (string Id, string? Version)[] packages)
    {
        _packed = packed;
        var references = string.Concat(
            packages.Select(package => $"<PackageReference Include=\"{package.Id}\" Version=\"{package.Version ?? packed.Version}\" />"));
        File.WriteAllText(Path.Combine(Folder, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <!-- Advisories of others, and versions that a copy of a registry lacks. -->
                <WarningsNotAsErrors>NU1603;NU1901;NU1902;NU1903;NU1904</WarningsNotAsErrors>
                <InvariantGlobalization>true</InvariantGlobalization>
                <RestoreAdditionalProjectSources>{SecurityElement.Escape(packed.Feed)}</RestoreAdditionalProjectSources>
                <!-- FRAT's packages of a test stay out of the machine's cache; all others are taken from there. -->
                <RestorePackagesPath>$(MSBuildThisFileDirectory)packages</RestorePackagesPath>
                <RestoreFallbackFolders>{SecurityElement.Escape(Cache)}</RestoreFallbackFolders>
                <OutputType>Exe</OutputType>
                {properties}
              </PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);

        // What lies above a temporary folder is none of the project's.
        File.WriteAllText(Path.Combine(Folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(Folder, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(Folder, "Directory.Packages.props"), "<Project />");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("frat-consumer-").FullName;

    public string Output => Path.Combine(Folder, "published");

    /// <summary>The machine's packages.</summary>
    public static string Cache => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Publishes the project.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what the compiler said.</exception>
    public void Publish(params string[] arguments) =>
        Command.Run("dotnet", ["publish", "-v", "q", "-o", Output, .. arguments], Folder, Packed.CleanEnvironment);

    /// <summary>Builds a project that may not build.</summary>
    public Task<(int ExitCode, string Output)> BuildAsync() => Packed.DotnetAsync(Folder, ["build", "-v", "q"]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

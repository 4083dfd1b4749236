namespace Frat.Architecture.Tests;

public sealed class ReproducibilityTests
{
    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => $"src/{Path.GetFileName(folder)}")];

    // The compiler's generator of log messages writes the classes of a project in no stated order, which differs from build to build: with
    // two of them, the package is another file each time.
    [Theory]
    [MemberData(nameof(Projects))]
    public void LogMessages_OfAPackage_AreInOneClass(string project) =>
        Repository.SourcesOf(project).Select(file => File.ReadAllText(Path.Combine(Repository.Root, project, file)))
            .Count(text => text.Contains("[LoggerMessage(", StringComparison.Ordinal))
            .ShouldBeLessThanOrEqualTo(1);
}

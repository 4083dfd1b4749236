namespace Frat.Architecture.Tests;

/// <summary>The files of the repository that these tests run in.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The C# files below a folder, but nothing that a build made.</summary>
    /// <param name="folder">Relative to <see cref="Root"/>.</param>
    /// <returns>Their paths relative to that folder, with slashes, sorted.</returns>
    public static IEnumerable<string> SourcesOf(string folder)
    {
        var path = Path.Combine(Root, folder);
        return Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(path, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "obj" or "bin" or "artifacts"))
            .Order(StringComparer.Ordinal);
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

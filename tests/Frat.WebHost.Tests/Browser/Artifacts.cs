namespace Frat.WebHost.Tests.Browser;

/// <summary>The repository's folder <c>artifacts</c>, which git ignores: what a run leaves behind for people to look at.</summary>
internal static class Artifacts
{
    private static readonly string Root = FindRoot();

    public static string PathOf(string folder, string file) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(Root, folder)).FullName, file);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "frat.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "artifacts");
    }
}

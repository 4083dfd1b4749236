namespace Frat.Compare;

internal static class Repository
{
    /// <summary>The root of the repository that this program was built in.</summary>
    public static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "frat.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("This program runs inside a clone of the repository.");
    }
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("frat-compare-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

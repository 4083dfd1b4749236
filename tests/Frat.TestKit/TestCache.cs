namespace Frat.TestKit;

/// <summary>What the tests fetch once and keep in the user's cache, safe against test processes that start together.</summary>
internal static class TestCache
{
    private static readonly string Root = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
        ".cache",
        "frat",
        "tests");

    public static string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    /// <summary>Holds a lock across processes until it is disposed.</summary>
    public static FileStream Lock(string name)
    {
        Directory.CreateDirectory(Root);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Root, name + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(10))
            {
                Task.Delay(100).GetAwaiter().GetResult();
            }
        }
    }
}

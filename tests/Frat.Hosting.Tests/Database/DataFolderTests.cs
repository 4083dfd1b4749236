namespace Frat.Hosting.Tests.Database;

/// <summary>Where the database is when nothing says where. Frat.WebHost.Tests has what the built host makes of it.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void FindDatabase_OneInEachPlace_IsNotChosenInSilence()
    {
        var (earlier, now) = (Path.Combine(_folder.FullName, "frat.db"), Path.Combine(_folder.FullName, "data", "frat.db"));
        _folder.CreateSubdirectory("data");
        File.WriteAllText(earlier, "");
        File.WriteAllText(now, "");

        var message = Should.Throw<SettingException>(() => DataFolder.FindDatabase("data", _folder.FullName)).Message;

        message.ShouldContain(earlier);
        message.ShouldContain(now);
    }
}

namespace Frat.WebHost.Tests.Hosting;

/// <summary>Where the built host keeps people and keys when nothing says where.</summary>
public sealed class DataFolderTests
{
    private const string Local = "http://127.0.0.1:0";

    [Fact]
    public async Task Start_NoDatabaseIsSet_KeepsItInTheAccountsDataFolderAndSaysSo()
    {
        using var folder = new TemporaryFolder();

        await using var host =
            await HostProcess.TryStartAsync(folder.Path, Local, ("Frat__Database", ""), ("XDG_DATA_HOME", folder.File("data")));

        host.HasEnded.ShouldBeFalse(host.Errors);
        var database = folder.File("data/frat/frat.db");
        host.Output.ShouldContain($"People and attendance are kept in {database}.");
        host.Output.ShouldContain($"are in {database}.keys.");
        File.Exists(database).ShouldBeTrue();
        File.Exists(database + ".keys").ShouldBeTrue();
        ShouldBeTheAccountsAlone(folder.File("data/frat"));
        Directory.GetFiles(folder.Path, "frat.db*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_FolderIsSet_KeepsItThere()
    {
        using var folder = new TemporaryFolder();

        await using var host =
            await HostProcess.TryStartAsync(folder.Path, Local, ("Frat__Database", ""), ("Frat__DataFolder", folder.File("srv")));

        host.HasEnded.ShouldBeFalse(host.Errors);
        File.Exists(folder.File("srv/frat.db")).ShouldBeTrue();
        ShouldBeTheAccountsAlone(folder.File("srv"));
    }

    // A new empty database in its place would look as if everybody were forgotten.
    [Fact]
    public async Task Start_DatabaseOfAnEarlierVersionIsInTheContentRoot_IsUsedAndSaid()
    {
        using var folder = new TemporaryFolder();
        await using (await HostProcess.StartAsync(folder.Path)) // Its database is frat.db in the folder, as it always was.
        {
        }

        // The content root is where the settings are.
        File.Copy(Path.Combine(HostProcess.Folder, "appsettings.json"), folder.File("appsettings.json"));
        await using var host =
            await HostProcess.TryStartAsync(folder.Path, Local, ("Frat__Database", ""), ("XDG_DATA_HOME", folder.File("data")));

        host.HasEnded.ShouldBeFalse(host.Errors);
        host.Output.ShouldContain($"People and attendance are kept in {folder.File("frat.db")}.");
        host.Output.ShouldContain("where earlier versions had it");
        Directory.Exists(folder.File("data")).ShouldBeFalse();
    }

    // As accounts of services have it.
    [Fact]
    public async Task Start_AccountWithoutAHome_SaysWhatToSet()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("home"), "A file, no folder.");

        await using var host = await HostProcess.TryStartAsync(
            folder.Path, Local, ("Frat__Database", ""), ("XDG_DATA_HOME", ""), ("HOME", folder.File("home")));

        host.HasEnded.ShouldBeTrue(host.Output);
        host.Errors.ShouldStartWith("FRAT can't run. The folder for the database can't be made: ");
        host.Errors.ShouldContain("Set Frat:DataFolder to a folder that this account may write to");
    }

    // Windows has the folder's rights from the one above it, which is the account's.
    private static void ShouldBeTheAccountsAlone(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

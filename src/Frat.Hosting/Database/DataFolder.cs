namespace Frat.Hosting;

/// <summary>
/// Where the database and its keys are, where no setting says so: in the account's data folder, not among the program's files, which are
/// copied, published and committed. <c>Frat:DataFolder</c> names another folder.
/// </summary>
internal static class DataFolder
{
    public const string Key = "Frat:DataFolder";
    private const string Database = "frat.db";

    /// <summary>The file for the database; its folder is there.</summary>
    /// <param name="configured">What <c>Frat:DataFolder</c> says; relative paths start at the content root.</param>
    /// <param name="contentRoot">Where earlier versions had the database: one that is there is used.</param>
    /// <exception cref="SettingException">There is no folder to write to, or there are two databases.</exception>
    public static string FindDatabase(string? configured, string contentRoot)
    {
        var folder = configured is { Length: > 0 } ? Path.GetFullPath(configured, contentRoot) : Default();
        var (database, earlier) = (Path.Combine(folder, Database), Path.Combine(contentRoot, Database));
        if (File.Exists(earlier) && database != earlier)
        {
            return !File.Exists(database) ? earlier : throw new SettingException(
                $"There are two databases, {database} and {earlier}, where earlier versions had it. "
                    + "Set Frat:Database to the one that counts, or move the other away.");
        }

        try
        {
            Make(folder);
            return database;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(
                $"The folder for the database can't be made: {exception.Message.TrimEnd('.')}. "
                    + $"Set {Key} to a folder that this account may write to, such as /var/lib/frat.");
        }
    }

    // Linux: $XDG_DATA_HOME or ~/.local/share. macOS: ~/Library/Application Support. Windows: %LOCALAPPDATA%.
    private static string Default() =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "frat");

    // For the account alone. A folder that is there stays as its owner made it.
    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

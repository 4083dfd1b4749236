using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>Makes the database's file, and looks after who may read it.</summary>
internal static class SqliteFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For the account that runs FRAT alone: who may open the file may also keep the lock, and then no host starts.</summary>
    public static FileStream OpenLock(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0
        };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        options.UnixCreateMode = OwnerOnly;
        if (File.Exists(path) && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            File.SetUnixFileMode(path, OwnerOnly); // An older version made it for everybody.
        }

        return new FileStream(path, options);
    }

    /// <summary>Names are in the clear, so a file that everybody on the machine may read is worth a word.</summary>
    public static void CheckRights(SqliteDatabaseFile file, ILogger logger)
    {
        const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var path in new[] { file.Path, file.Path + "-wal", file.Path + "-shm" })
        {
            if (File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0)
            {
                Log.OpenToOthers(logger, path);
            }
        }
    }

    /// <summary>
    /// Creates an empty file, which SQLite takes as a new database, for the account that runs FRAT alone: SQLite by itself would let
    /// everybody on the machine read it. It gives its -wal and -shm files the same rights.
    /// </summary>
    private static void CreateFile(SqliteDatabaseFile file)
    {
        if (OperatingSystem.IsWindows() || File.Exists(file.Path))
        {
            return;
        }

        using var created = new FileStream(file.Path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = OwnerOnly,
        });
    }

    /// <summary>Refuses a database that is missing: SQLite would make it, for everybody to read.</summary>
    public static void Require(SqliteDatabaseFile file, MigrateMode mode)
    {
        RefuseFolder(file);
        if (!File.Exists(file.Path))
        {
            throw SchemaState.Failure(
                $"There is no database {file.Path}, and FRAT is set not to make one at the start (MigrateMode.{mode}). Run `frat database "
                    + "migrate`.");
        }
    }

    private static void RefuseFolder(SqliteDatabaseFile file)
    {
        if (Directory.Exists(file.Path))
        {
            throw SchemaState.Failure(
                $"{file.Path} is a folder. The connection string must name a file, such as "
                    + $"\"Data Source={Path.Combine(file.Path, "frat.db")}\".");
        }
    }

    /// <summary>Makes the folder and the file where they are missing.</summary>
    public static void Create(SqliteDatabaseFile file)
    {
        RefuseFolder(file);
        if (file.IsReadOnly)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
            CreateFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                SchemaState.Operation,
                isTransient: false,
                $"The folder for the database {file.Path} can't be created: {exception.Message}",
                exception);
        }
    }
}

using Microsoft.Data.Sqlite;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>
/// Says what SQLite's result codes mean for operators. The codes are listed in SQLite's documentation, "Result and Error Codes".
/// </summary>
internal static class SqliteErrors
{
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Io = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NotADatabase = 26;

    /// <summary>How long to wait after so many failures because of another connection: from 5 ms on, twice as long each time.</summary>
    public static TimeSpan PauseAfter(int failures) => TimeSpan.FromMilliseconds(Math.Min(100, 5 << Math.Min(failures, 5)));

    /// <summary>Whether another connection was in the way, so that the same work may succeed in a moment.</summary>
    public static bool IsBusy(Exception exception) => Find(exception) is { SqliteErrorCode: Busy or Locked or Protocol };

    /// <summary>Turns SQLite's exception, however deep EF Core wrapped it, into the contract's.</summary>
    /// <returns>Null when SQLite isn't behind it.</returns>
    public static StoreException? Translate(string operation, SqliteDatabaseFile file, Exception exception)
    {
        if (exception is StoreException || Find(exception) is not { } cause)
        {
            return null;
        }

        var (transient, message) = cause.SqliteErrorCode switch
        {
            Busy or Locked or Protocol => (true,
                $"The database {file.Path} is locked, by another program or by a transaction of this one. Try again in a moment; if it "
                    + "stays so, find what holds it."),
            Corrupt => (false,
                $"The database {file.Path} is damaged. Stop FRAT, keep a copy of the file with its -wal and -shm files, and restore a "
                    + $"backup (or try `sqlite3 {file.Path} .recover`)."),
            NotADatabase => (false,
                $"The file {file.Path} is not an SQLite database, or its beginning was overwritten. Name another file in the connection "
                    + "string, or restore a backup."),
            ReadOnly or Permission => (false,
                $"The database {file.Path} is read-only. Give the account that runs FRAT the right to write the file and its folder, and "
                    + "take Mode=ReadOnly out of the connection string."),
            Full => (false,
                $"The disk that holds {file.Path} is full. Nothing of this call was stored. Make room; FRAT then goes on without a "
                    + "restart."),
            CannotOpen => (false,
                $"The database {file.Path} can't be opened. Check that the path names a file, not a folder, and that the account that "
                    + "runs FRAT may read and write it."),
            Io => (false,
                $"Reading or writing {file.Path} failed (SQLite's code {cause.SqliteExtendedErrorCode}): look at the disk and the "
                    + "system's log. Where the call was to store something, the outcome is unknown."),
            _ => (false, $"SQLite failed on {file.Path}: {cause.Message}"),
        };
        return new StoreException(operation, transient, message, exception);
    }

    private static SqliteException? Find(Exception? exception)
    {
        while (exception is not (null or SqliteException))
        {
            exception = exception.InnerException;
        }

        return (SqliteException?)exception;
    }
}

using System.Net.Sockets;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>
/// Says what PostgreSQL's error codes mean for operators. They are listed in PostgreSQL's documentation, appendix
/// "PostgreSQL Error Codes".
/// </summary>
internal static class PostgreSqlErrors
{
    /// <summary>
    /// What a new connection ends with on a full disk, with the code of an internal error: the server writes a cache of its catalogue for
    /// each database. It is never translated.
    /// </summary>
    private const string InitFileNotWritten = "could not write init file";

    private const string ReadOnlyTransaction = PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <summary>Whether a row of another writer was in the way.</summary>
    public static bool IsCollision(Exception exception) =>
        Find<PostgresException>(exception) is { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation };

    /// <summary>Whether the server can't be reached, or not yet, or went away in the middle.</summary>
    public static bool IsUnreachable(Exception exception) =>
        Find<PostgresException>(exception) is { } answer
            ? IsGone(answer.SqlState)
            : Find<SocketException>(exception) is not null
                || Find<NpgsqlException>(exception) is { } failure
                    && (failure.IsTransient || failure.InnerException is IOException or TimeoutException);

    /// <summary>Whether all connections of this process were taken for as long as a call waits.</summary>
    public static bool IsPoolExhausted(Exception exception) =>
        Find<NpgsqlException>(exception) is { InnerException: null or TimeoutException } failure
        && failure.Message.Contains("pool has been exhausted", StringComparison.Ordinal);

    /// <summary>Turns Npgsql's exception, however deep EF Core wrapped it, into the contract's.</summary>
    /// <returns>Null when PostgreSQL isn't behind it.</returns>
    public static StoreException? Translate(string operation, PostgreSqlDatabase database, Exception exception)
    {
        if (exception is StoreException or OperationCanceledException)
        {
            return null;
        }

        var (transient, message) = exception switch
        {
            _ when Find<PostgresException>(exception) is { } answer => Describe(answer, database),
            _ when Find<NpgsqlException>(exception) is { } failure => Describe(failure, database),
            _ when Find<SocketException>(exception) is { } failure => (true, Unreachable(database, failure.Message)),
            _ => (false, null),
        };
        return message is null ? null : new StoreException(operation, transient, message, exception);
    }

    private static (bool IsTransient, string Message) Describe(
        PostgresException answer, PostgreSqlDatabase database) => answer.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (false,
            $"The database {database.Name} refuses the user {User(database)} ({answer.SqlState}). Check user name and password in the "
                + "connection string, and the server's pg_hba.conf."),
        PostgresErrorCodes.InvalidCatalogName => (false,
            $"There is no database {database.Name}. Make it: createdb --encoding=UTF8 --owner={User(database)} {database.DatabaseName}"),
        PostgresErrorCodes.InsufficientPrivilege => (false,
            $"The user {User(database)} may not do this in the database {database.Name}: {answer.MessageText}. Make this user the owner "
                + "of the database, or grant what is missing."),
        ReadOnlyTransaction => (false,
            $"The database {database.Name} is read-only: a standby, or one with default_transaction_read_only. Name the server that takes "
                + "writes; with several in Host, add \"Target Session Attributes=read-write\"."),
        var state when state == PostgresErrorCodes.DiskFull || answer.MessageText == InitFileNotWritten => (false,
            $"The disk that holds the database {database.Name} is full. Nothing of this call was stored. Make room; FRAT then goes on "
                + "without a restart."),
        PostgresErrorCodes.OutOfMemory => (true,
            $"The server of the database {database.Name} is out of memory. Try again in a moment; if it stays so, look at its memory "
                + "settings."),
        PostgresErrorCodes.TooManyConnections => (true,
            $"The server of the database {database.Name} takes no more connections. Raise its max_connections, or lower \"Maximum Pool "
                + "Size\" in the connection strings of its clients."),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable => (true,
            $"Other writers were in the way in the database {database.Name} ({answer.SqlState}). Try again in a moment."),
        PostgresErrorCodes.QueryCanceled => (true,
            $"The server of the database {database.Name} broke the call off: {answer.MessageText}. Try again in a moment; if it stays so, "
                + "look at statement_timeout and at what locks the tables."),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => (false,
            $"The database {database.Name} is damaged: {answer.MessageText}. Stop FRAT, look at the server's log, and restore a backup."),
        PostgresErrorCodes.IoError => (false,
            $"The server of the database {database.Name} can't read or write its files: {answer.MessageText}. Look at its disk and its "
                + "log. Where the call was to store something, the outcome is unknown."),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => (false,
            $"The tables of the database {database.Name} are not those of FRAT: {answer.MessageText}. Check the database and the "
                + $"search_path of the user {User(database)}, or restore a backup."),
        var state when IsGone(state) => (true,
            $"The server of the database {database.Name} is starting or shutting down ({state}). FRAT goes on by itself when it is back. "
                + "Where the call was to store something, the outcome is unknown: send it again."),
        var state => (answer.IsTransient, $"PostgreSQL failed on the database {database.Name}: {answer.MessageText} ({state})"),
    };

    private static (bool IsTransient, string Message) Describe(NpgsqlException failure, PostgreSqlDatabase database) => failure switch
    {
        _ when IsPoolExhausted(failure) => (true,
            $"All connections of this process to the database {database.Name} were in use for {database.Patience.TotalSeconds} s. Try "
                + "again in a moment; if it stays so, raise \"Maximum Pool Size\" in the connection string."),
        { InnerException: TimeoutException } => (true,
            $"The database {database.Name} did not answer in time. Try again in a moment; if it stays so, look at the server's load and "
                + "at what locks its tables. Where the call was to store something, the outcome is unknown: send it again."),
        _ => (failure.IsTransient || IsUnreachable(failure), Unreachable(database, failure.InnerException?.Message ?? failure.Message)),
    };

    private static string Unreachable(PostgreSqlDatabase database, string cause) =>
        $"The database {database.Name} can't be reached ({cause.TrimEnd('.')}). Check that the server runs and that host, port and "
            + "encryption in the connection string are right. " +
        "FRAT goes on by itself when it is back. Where the call was to store something, the outcome is unknown: send it again.";

    private static string User(PostgreSqlDatabase database) => database.UserName ?? "(of the operating system)";

    // Class 08 is "connection exception"; 57P0x says that the server ends or begins.
    private static bool IsGone(string state) =>
        state.StartsWith("08", StringComparison.Ordinal)
        || state is PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.IdleSessionTimeout;

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not (null or T))
        {
            exception = exception.InnerException;
        }

        return (T?)exception;
    }
}

using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore.PostgreSql;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Brought the database {Database} up to date: {Migrations} migration(s) applied")]
    public static partial void Migrated(ILogger logger, string database, int migrations);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "The database {Database} runs with {Setting}=off: check-ins that were acknowledged can be lost when the server or its power fails")]
    public static partial void NotDurable(ILogger logger, string database, string setting);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "No longer told of changes by {Database} ({Cause}): they are looked for every {Interval} ms until it works again")]
    public static partial void ListeningFailed(ILogger logger, string database, string cause, double interval);

    [LoggerMessage(4, LogLevel.Information, "Told of changes by {Database} again")]
    public static partial void ListeningAgain(ILogger logger, string database);

    [LoggerMessage(5, LogLevel.Debug, "{Operation} failed on {Database} and is tried again in {Delay} ms: {Cause}")]
    public static partial void TryingAgain(ILogger logger, string operation, string database, double delay, string cause);

    [LoggerMessage(
        6,
        LogLevel.Warning,
        "The connection to {Database} leads to another machine and doesn't verify that it is the right one: who is between can read "
            + "along. Add \"SSL Mode=VerifyFull\" to the connection string (sslmode=verify-full in an address), and \"Root Certificate\" "
            + "where the server's authority isn't known to this machine")]
    public static partial void NotVerified(ILogger logger, string database);
}

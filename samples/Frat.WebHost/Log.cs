namespace Frat.WebHost;

/// <summary>All that the host logs. Never a name, an encoding or an image.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "People and attendance are kept in {Database}.")]
    public static partial void DatabaseChosen(this ILogger logger, string database);

    [LoggerMessage(2, LogLevel.Warning, "Frat:Access is Open: whoever reaches this host can register people and read the records.")]
    public static partial void AccessIsOpen(this ILogger logger);

    [LoggerMessage(3, LogLevel.Error, "A request failed ({Code}): {Reason}")]
    public static partial void RequestFailed(this ILogger logger, string code, string reason);

    [LoggerMessage(4, LogLevel.Error, "A request failed unexpectedly.")]
    public static partial void RequestFailedUnexpectedly(this ILogger logger, Exception exception);

    [LoggerMessage(
        6,
        LogLevel.Warning,
        "Frat:Hosts is \"*\": a page of any site can call this host by a name of its own, and read the answers (DNS rebinding).")]
    public static partial void AnyHostIsAllowed(this ILogger logger);

    [LoggerMessage(20, LogLevel.Information, "The keys that templates are encrypted with are in {Keys}.")]
    public static partial void KeysChosen(this ILogger logger, string keys);

    [LoggerMessage(
        21,
        LogLevel.Warning,
        "The database is among the program's files in {Folder}, where earlier versions had it. To have it in the account's data folder, "
            + "stop the host and move frat.db and frat.db.keys there.")]
    public static partial void DatabaseAmongTheProgram(this ILogger logger, string folder);
}

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

    [LoggerMessage(5, LogLevel.Warning, "A request was refused: its Host header is not this machine's own name.")]
    public static partial void HostRefused(this ILogger logger);

    [LoggerMessage(6, LogLevel.Warning, "A request that a browser sent on behalf of another site was refused.")]
    public static partial void CrossSiteRefused(this ILogger logger);

    [LoggerMessage(7, LogLevel.Warning, "An upload was turned away: {Waiting} uploads are waiting for their turn already.")]
    public static partial void UploadTurnedAway(this ILogger logger, int waiting);

    [LoggerMessage(8, LogLevel.Warning, "Somebody's records were changed, but the gallery could not be refreshed yet; it will follow.")]
    public static partial void ChangedBeforeTheGallery(this ILogger logger, Exception exception);

    [LoggerMessage(20, LogLevel.Information, "The keys that templates are encrypted with are in {Keys}.")]
    public static partial void KeysChosen(this ILogger logger, string keys);

    [LoggerMessage(21, LogLevel.Warning, "The database is among the program's files in {Folder}, where earlier versions had it. To have it in the account's data folder, stop the host and move frat.db and frat.db.keys there.")]
    public static partial void DatabaseAmongTheProgram(this ILogger logger, string folder);
}

namespace Frat.WebHost;

/// <summary>All that the host logs. Never a name, an encoding or an image.</summary>
internal static partial class Log
{
    [LoggerMessage(2, LogLevel.Warning, "Frat:Access is Open: whoever reaches this host can register people and read the records.")]
    public static partial void AccessIsOpen(this ILogger logger);

    [LoggerMessage(3, LogLevel.Error, "A request failed ({Code}): {Reason}")]
    public static partial void RequestFailed(this ILogger logger, string code, string reason);

    [LoggerMessage(4, LogLevel.Error, "A request failed unexpectedly.")]
    public static partial void RequestFailedUnexpectedly(this ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "A request was refused ({Code}); so were {More} more since this was last said.")]
    public static partial void RequestRefused(this ILogger logger, string code, long more);

    [LoggerMessage(
        6,
        LogLevel.Warning,
        "Frat:Hosts is \"*\": a page of any site can call this host by a name of its own, and read the answers (DNS rebinding).")]
    public static partial void AnyHostIsAllowed(this ILogger logger);

    [LoggerMessage(9, LogLevel.Error, "This host is not ready: {Problem}")]
    public static partial void NotReady(this ILogger logger, string problem);

    [LoggerMessage(10, LogLevel.Information, "This host is ready again.")]
    public static partial void ReadyAgain(this ILogger logger);

    [LoggerMessage(11, LogLevel.Warning, "This host checks people in, but not all else works: {Problems}")]
    public static partial void BackgroundFails(this ILogger logger, string problems);
}

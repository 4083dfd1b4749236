namespace Frat.WebHost;

/// <summary>All that the host logs. Never a name, an encoding or an image.</summary>
internal static partial class Log
{
    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Frat:Access is Open: anyone who reaches this host can register people and read the records, without a sign-in.")]
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

    [LoggerMessage(7, LogLevel.Warning, "A sign-in by the directory did not work: {Reason}")]
    public static partial void DirectorySignInFailed(this ILogger logger, string reason);

    [LoggerMessage(20, LogLevel.Warning, "The host could not answer a check-in of its own: the first one may take longer than the next.")]
    public static partial void NotWarm(this ILogger logger, Exception exception);
}

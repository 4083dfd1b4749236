namespace Frat.AspNetCore;

/// <summary>All that the package logs. Never a name, an encoding or an image.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A request failed ({Code}): {Reason}")]
    public static partial void RequestFailed(this ILogger logger, string code, string reason);

    [LoggerMessage(2, LogLevel.Warning, "A request was refused ({Code}); so were {More} more since this was last said.")]
    public static partial void RequestRefused(this ILogger logger, string code, long more);

    [LoggerMessage(3, LogLevel.Error, "This host is not ready: {Problem}")]
    public static partial void NotReady(this ILogger logger, string problem);

    [LoggerMessage(4, LogLevel.Information, "This host is ready again.")]
    public static partial void ReadyAgain(this ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "This host checks people in, but not all else works: {Problems}")]
    public static partial void BackgroundFails(this ILogger logger, string problems);

    [LoggerMessage(6, LogLevel.Warning, "Events are late: the attendance log can't be read at the moment. {Reason}")]
    public static partial void EventsLate(this ILogger logger, string reason);
}

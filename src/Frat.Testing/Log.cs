using Microsoft.Extensions.Logging;

namespace Frat.Testing;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The template {Template} can't be read and is passed over")]
    public static partial void TemplateDamaged(ILogger logger, Guid template);

    [LoggerMessage(2, LogLevel.Error, "Days could not be kept up to date; trying again in {Interval}")]
    public static partial void DaysNotKept(ILogger logger, TimeSpan interval, Exception exception);
}

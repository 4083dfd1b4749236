using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Template {TemplateId} of person {PersonId} can't be read and is passed over: this person is not recognised by it. Register the face again, or restore the database from a backup")]
    public static partial void TemplateUnreadable(ILogger logger, Guid templateId, Guid personId, Exception exception);

    [LoggerMessage(20, LogLevel.Warning, "Days could not be brought up to date; what is left to do is in the database. Next try in {Delay}")]
    public static partial void DaysNotKept(ILogger logger, TimeSpan delay, Exception exception);
}

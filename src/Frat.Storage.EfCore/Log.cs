using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Template {TemplateId} of person {PersonId} can't be read and is passed over: this person is not recognised by it. Register the face again, or restore database or keys from a backup; \"frat keys list\" lists all of them")]
    public static partial void TemplateUnreadable(ILogger logger, Guid templateId, Guid personId, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "The key file {Path} was made: templates are encrypted with its key. It protects them where the database gets out without it, as in a copy or a backup, and not from who can read both. Back it up apart from the database; without it the templates are lost")]
    public static partial void KeyFileCreated(ILogger logger, string path);

    [LoggerMessage(3, LogLevel.Error, "The key {KeyId}, with which {Count} templates are encrypted, is not in the key ring: nobody is recognised by these. Add the key again, from a backup")]
    public static partial void KeyMissing(ILogger logger, string keyId, int count);

    [LoggerMessage(4, LogLevel.Information, "{Count} templates that an older version had stored in the clear are encrypted now. Backups from before still have them")]
    public static partial void ClearTemplatesEncrypted(ILogger logger, int count);

    [LoggerMessage(5, LogLevel.Warning, "The files of the database may still have what the templates were before they were encrypted: others were using it. Run \"VACUUM FULL templates\" when no long query runs")]
    public static partial void ClearTemplatesLeft(ILogger logger);

    [LoggerMessage(20, LogLevel.Warning, "Days could not be brought up to date; what is left to do is in the database. Next try in {Delay}")]
    public static partial void DaysNotKept(ILogger logger, TimeSpan delay, Exception exception);

    [LoggerMessage(21, LogLevel.Warning, "The upkeep of the database failed: what was deleted may be in its log for longer. Next try in {Delay}")]
    public static partial void UpkeepFailed(ILogger logger, TimeSpan delay, Exception exception);
}

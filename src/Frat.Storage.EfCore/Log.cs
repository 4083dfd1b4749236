using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

internal static partial class Log
{
    [LoggerMessage(
        1,
        LogLevel.Error,
        "Template {TemplateId} of person {PersonId} can't be read and is passed over: this person is not recognised by it. Register the "
            + "face again, or restore database or keys from a backup; \"frat keys list\" lists all of them")]
    public static partial void TemplateUnreadable(ILogger logger, Guid templateId, Guid personId, Exception exception);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "The key file {Path} was made: templates are encrypted with its key. It protects them where the database gets out without it, as "
            + "in a copy or a backup, and not from who can read both. Back it up apart from the database; without it the templates are "
            + "lost")]
    public static partial void KeyFileCreated(ILogger logger, string path);

    [LoggerMessage(
        3,
        LogLevel.Error,
        "The key {KeyId}, with which {Count} templates are encrypted, is not in the key ring: nobody is recognised by these. Add the key "
            + "again, from a backup")]
    public static partial void KeyMissing(ILogger logger, string keyId, int count);

    [LoggerMessage(
        6,
        LogLevel.Critical,
        "The end of the audit trail, entry {Sequence}, does not fit its seal: somebody has changed the trail. What is written from now on "
            + "vouches for nothing before it. Run \"frat audit verify\"")]
    public static partial void TrailBroken(ILogger logger, long sequence);

    [LoggerMessage(
        7,
        LogLevel.Information,
        "The audit trail ends with {Head}. Kept elsewhere, as this line may be, it shows whether somebody cuts the trail or puts an older "
            + "database back: \"frat audit verify --head {Head}\"")]
    public static partial void TrailHead(ILogger logger, string head);

    [LoggerMessage(
        20, LogLevel.Warning, "Days could not be brought up to date; what is left to do is in the database. Next try in {Delay}")]
    public static partial void DaysNotKept(ILogger logger, TimeSpan delay, Exception exception);

    [LoggerMessage(
        21, LogLevel.Warning, "The upkeep of the database failed: what was deleted may be in its log for longer. Next try in {Delay}")]
    public static partial void UpkeepFailed(ILogger logger, TimeSpan delay, Exception exception);
}

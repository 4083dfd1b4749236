using Microsoft.Extensions.Logging;

namespace Frat;

/// <summary>All that the engine logs. Never an encoding, an image or a name.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The gallery holds {Templates} templates of {People} people.")]
    public static partial void GalleryLoaded(this ILogger logger, int templates, int people);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Template {TemplateId} has {Dimension} values where the encoder makes {Expected}; it is left out of the gallery.")]
    public static partial void TemplateLeftOut(this ILogger logger, Guid templateId, int dimension, int expected);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "The gallery could not be refreshed from the store; it stays as it was, and grows old. It is tried again until it works.")]
    public static partial void GalleryNotRefreshed(this ILogger logger, Exception exception);

    [LoggerMessage(
        4, LogLevel.Warning, "A change of somebody's records is stored, but the gallery could not be refreshed yet; it will follow.")]
    public static partial void ChangedBeforeTheGallery(this ILogger logger, Exception exception);

    [LoggerMessage(
        5,
        LogLevel.Information,
        "Deleted by age: {Templates} templates of {TemplatePeople} people; {Days} days, {Punches} punches, {Corrections} corrections and "
            + "{Leaves} leaves of {AttendancePeople} people.")]
    public static partial void Deleted(
        this ILogger logger, int templates, int templatePeople, int days, int punches, int corrections, int leaves, int attendancePeople);

    [LoggerMessage(
        6,
        LogLevel.Information,
        "Would delete by age, but for the setting DryRun: {Templates} templates of {TemplatePeople} people; {Days} days, {Punches} "
            + "punches, {Corrections} corrections and {Leaves} leaves of {AttendancePeople} people.")]
    public static partial void WouldDelete(
        this ILogger logger, int templates, int templatePeople, int days, int punches, int corrections, int leaves, int attendancePeople);

    [LoggerMessage(7, LogLevel.Warning, "What is too old could not be deleted, or not all of it. Next try in {Delay}.")]
    public static partial void NotDeleted(this ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(8, LogLevel.Error, "Person {PersonId} can't be read and is not recognised. It is tried again until it works.")]
    public static partial void PersonUnreadable(this ILogger logger, Guid personId, Exception exception);

    [LoggerMessage(9, LogLevel.Information, "Person {PersonId} can be read again.")]
    public static partial void PersonReadAgain(this ILogger logger, Guid personId);

    [LoggerMessage(10, LogLevel.Information, "The gallery follows the store again.")]
    public static partial void GalleryFollowsAgain(this ILogger logger);

    [LoggerMessage(11, LogLevel.Warning, "{Refusal}")]
    public static partial void RetentionRefused(this ILogger logger, string refusal);

    [LoggerMessage(
        20,
        LogLevel.Information,
        "The site's time zone is {Zone} ({Source}): it decides which day a punch belongs to. It is {LocalTime} there.")]
    public static partial void SiteZone(this ILogger logger, string zone, string source, string localTime);

    [LoggerMessage(
        21,
        LogLevel.Warning,
        "No Site.TimeZone is set and the machine's is UTC ({Source}): days begin and end at midnight UTC, where it is {LocalTime} now. Set "
            + "TimeZone to the site's zone, such as Europe/Berlin.")]
    public static partial void SiteInUtc(this ILogger logger, string source, string localTime);

    [LoggerMessage(
        22,
        LogLevel.Warning,
        "Somebody was enrolled with {Photos} photos, of which the second encoder, {Encoder}, made {Templates} templates: it doesn't see "
            + "the face, or takes it for several people's. With that encoder they are known by those only.")]
    public static partial void SeenLessByTheSecondEncoder(this ILogger logger, string encoder, int templates, int photos);

    [LoggerMessage(
        23, LogLevel.Warning, "Somebody is enrolled, but the templates of the second encoder, {Encoder}, could not be stored.")]
    public static partial void NotStoredOfTheSecondEncoder(this ILogger logger, string encoder, Exception exception);

    [LoggerMessage(
        26,
        LogLevel.Warning,
        "Person {PersonId} has photos with a face like those of {People} people who are enrolled: check-ins may take them for one "
            + "another.")]
    public static partial void LikeSeveralPeople(this ILogger logger, Guid personId, int people);

    [LoggerMessage(27, LogLevel.Information, "Warm after {Seconds:0.0} s.")]
    public static partial void Warm(this ILogger logger, double seconds);

    [LoggerMessage(28, LogLevel.Warning, "{Way} failed: the first check-in may take longer than the next ones.")]
    public static partial void NotWarm(this ILogger logger, string way, Exception exception);
}

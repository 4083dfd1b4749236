namespace Frat;

/// <summary>What FRAT itself writes as <see cref="AuditEntry.Action"/>. A host may write actions of its own beside these.</summary>
public static class AuditActions
{
    /// <summary>A person was enrolled; new: how many templates.</summary>
    public const string PersonEnrolled = "person.enrolled";

    /// <summary>A person is recognised again; old and new: <c>active</c> or <c>inactive</c>.</summary>
    public const string PersonActivated = "person.activated";

    /// <summary>A person is not recognised for now; old and new: <c>active</c> or <c>inactive</c>.</summary>
    public const string PersonDeactivated = "person.deactivated";

    /// <summary>A person's records were deleted; old: how many of what.</summary>
    public const string PersonForgotten = "person.forgotten";

    /// <summary>A person's data were given out.</summary>
    public const string PersonExported = "person.exported";

    /// <summary>A face like another person's was enrolled all the same; new: the other person's pseudonym and the distance.</summary>
    public const string DuplicateAccepted = "person.duplicate-accepted";

    /// <summary>A consent was recorded; new: its version, basis and term.</summary>
    public const string ConsentRecorded = "consent.recorded";

    /// <summary>A consent was withdrawn; old: its version.</summary>
    public const string ConsentWithdrawn = "consent.withdrawn";

    /// <summary>A template was added; new: its id, and the encoder.</summary>
    public const string TemplateAdded = "template.added";

    /// <summary>A template was deleted; old: its id, and the encoder.</summary>
    public const string TemplateDeleted = "template.deleted";

    /// <summary>Templates were encrypted with another key; new: the key's id, and how many.</summary>
    public const string TemplatesReencrypted = "templates.reencrypted";

    /// <summary>Attendance was deleted because its time was over; old: how many punches and days.</summary>
    public const string AttendanceExpired = "attendance.expired";
}

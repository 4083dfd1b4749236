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

    /// <summary>A person was given another name; neither is told.</summary>
    public const string PersonRenamed = "person.renamed";

    /// <summary>A person was given another employee ID; neither is told.</summary>
    public const string EmployeeIdChanged = "person.employee-id-changed";

    /// <summary>A person's first or last working day was set; old and new: both.</summary>
    public const string WorkingDaysSet = "person.working-days-set";

    /// <summary>A person's records were deleted; old: how many of what.</summary>
    public const string PersonForgotten = "person.forgotten";

    /// <summary>A person's data were given out.</summary>
    public const string PersonExported = "person.exported";

    /// <summary>
    /// Somebody tried to enrol a face like that of this person, who is enrolled, and nobody answered for it: nothing was enrolled.
    /// </summary>
    public const string DuplicateRefused = "person.duplicate-refused";

    /// <summary>A face like another person's was enrolled all the same; new: the other person's pseudonym.</summary>
    public const string DuplicateAccepted = "person.duplicate-accepted";

    /// <summary>A punch was entered by a person; new: its id, and its time on the wall.</summary>
    public const string PunchEntered = "punch.entered";

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

    /// <summary>Something was encrypted or sealed with a key for the first time; new: the key's id.</summary>
    public const string KeyAdded = "key.added";

    /// <summary>A key is to be removed from the ring; old: its id.</summary>
    public const string KeyRemoved = "key.removed";

    /// <summary>A person's attendance was deleted by age; old: how many of what, before which date.</summary>
    public const string AttendanceDeleted = "attendance.deleted";

    /// <summary>A schedule was stored; old and new: its name, times, zone and days.</summary>
    public const string ScheduleSaved = "schedule.saved";

    /// <summary>A schedule was deleted; old: its id.</summary>
    public const string ScheduleDeleted = "schedule.deleted";

    /// <summary>Another schedule, or none, holds where nothing is assigned; new: which, and from when.</summary>
    public const string DefaultScheduleSet = "schedule.default-set";

    /// <summary>A calendar of holidays was stored; old and new: its name, and how many holidays.</summary>
    public const string CalendarSaved = "calendar.saved";

    /// <summary>A calendar of holidays was deleted; old: its id.</summary>
    public const string CalendarDeleted = "calendar.deleted";

    /// <summary>A person was assigned to a schedule; old and new: the schedule and the dates.</summary>
    public const string AssignmentSaved = "assignment.saved";

    /// <summary>An assignment was deleted; old: the schedule and the dates.</summary>
    public const string AssignmentDeleted = "assignment.deleted";

    /// <summary>A leave was stored; old and new: the dates and the part of the day, not what for.</summary>
    public const string LeaveSaved = "leave.saved";

    /// <summary>A leave was deleted; old: the dates and the part of the day.</summary>
    public const string LeaveDeleted = "leave.deleted";
}

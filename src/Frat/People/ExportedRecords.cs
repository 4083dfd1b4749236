using System.Text.Json.Serialization;

namespace Frat;

/// <summary>A template, as the document of <see cref="PersonExportService"/> has it.</summary>
internal sealed record ExportedTemplate(
    Guid Id,
    string EncoderId,
    FaceQuality? Quality,
    string? Way,
    DateTimeOffset CreatedAt,
    Actor CreatedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float[]? Encoding)
{
    public static ExportedTemplate Of(TemplateInfo template, float[]? encoding) =>
        new(template.Id, template.EncoderId, template.Quality, template.Way, template.CreatedAt, template.CreatedBy, encoding);
}

/// <summary>A punch with the corrections of it, the earliest first.</summary>
internal sealed record ExportedPunch(
    Guid Id,
    DateTimeOffset Instant,
    string TimeZone,
    DateTime LocalTime,
    PunchDirection Direction,
    PunchMethod Method,
    string Source,
    float? Distance,
    float? DetectionScore,
    Guid? DeviceId,
    DateTimeOffset? ReceivedAt,
    string IdempotencyKey,
    string? RequestDigest,
    IReadOnlyList<PunchCorrection> Corrections)
{
    public static ExportedPunch Of(Punch punch, IReadOnlyList<PunchCorrection> corrections) => new(
        punch.Id,
        punch.Instant,
        punch.TimeZone,
        punch.LocalTime,
        punch.Direction,
        punch.Method,
        punch.Source,
        punch.Distance,
        punch.DetectionScore,
        punch.DeviceId,
        punch.ReceivedAt,
        punch.IdempotencyKey,
        punch.RequestDigest,
        corrections);
}

/// <summary>A day, without the person whose document it is in.</summary>
internal sealed record ExportedDay(
    DateOnly Date,
    AttendanceStatus Status,
    DayKind Kind,
    LeavePart? Leave,
    LeaveKind? LeaveKind,
    LeaveKind? SecondLeaveKind,
    TimeSpan LeaveTime,
    DateTime? FirstIn,
    DateTime? LastOut,
    TimeSpan Worked,
    TimeSpan Expected,
    decimal LeaveDays,
    decimal AbsentDays,
    TimeSpan Overtime,
    TimeSpan Undertime,
    TimeSpan NightWorked,
    TimeSpan HolidayWorked,
    TimeSpan LateBy,
    TimeSpan EarlyBy,
    Guid? ScheduleId,
    Guid? PunchId,
    int PunchCount)
{
    public static ExportedDay Of(AttendanceDay day) => new(
        day.Date,
        day.Status,
        day.Kind,
        day.Leave,
        day.LeaveKind,
        day.SecondLeaveKind,
        day.LeaveTime,
        day.FirstIn,
        day.LastOut,
        day.Worked,
        day.Expected,
        day.LeaveDays,
        day.AbsentDays,
        day.Overtime,
        day.Undertime,
        day.NightWorked,
        day.HolidayWorked,
        day.LateBy,
        day.EarlyBy,
        day.ScheduleId,
        day.PunchId,
        day.PunchCount);
}

/// <summary>An assignment, with the name of its schedule.</summary>
internal sealed record ExportedAssignment(
    Guid Id, Guid ScheduleId, string? Schedule, DateOnly From, DateOnly? To, Guid? HolidayCalendarId);

/// <summary>How the document's parts look in JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(InactivePeriod))]
[JsonSerializable(typeof(Consent))]
[JsonSerializable(typeof(ExportedTemplate))]
[JsonSerializable(typeof(ExportedPunch))]
[JsonSerializable(typeof(ExportedDay))]
[JsonSerializable(typeof(Leave))]
[JsonSerializable(typeof(ExportedAssignment))]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class PersonExportJson : JsonSerializerContext;

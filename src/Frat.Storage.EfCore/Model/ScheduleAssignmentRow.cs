namespace Frat.Storage.EfCore;

internal sealed class ScheduleAssignmentRow
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required Guid ScheduleId { get; set; }

    public required DateOnly FirstDate { get; set; }

    public DateOnly? LastDate { get; set; }

    public Guid? HolidayCalendarId { get; set; }

    public static ScheduleAssignmentRow From(ScheduleAssignment assignment) => new()
    {
        Id = assignment.Id,
        PersonId = assignment.PersonId,
        ScheduleId = assignment.ScheduleId,
        FirstDate = assignment.From,
        LastDate = assignment.To,
        HolidayCalendarId = assignment.HolidayCalendarId,
    };

    public ScheduleAssignment ToAssignment() => new()
    {
        Id = Id,
        PersonId = PersonId,
        ScheduleId = ScheduleId,
        From = FirstDate,
        To = LastDate,
        HolidayCalendarId = HolidayCalendarId,
    };
}

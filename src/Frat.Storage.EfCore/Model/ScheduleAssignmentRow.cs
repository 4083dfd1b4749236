namespace Frat.Storage.EfCore;

internal sealed class ScheduleAssignmentRow
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required Guid ScheduleId { get; set; }

    public required DateOnly FirstDate { get; set; }

    public DateOnly? LastDate { get; set; }

    public Guid? HolidayCalendarId { get; set; }

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

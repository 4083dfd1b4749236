namespace Frat.Storage.EfCore;

internal sealed class ShiftHoursRow
{
    public required Guid ScheduleId { get; init; }

    public required int Week { get; init; }

    public required DayOfWeek Day { get; init; }

    public required TimeOnly StartTime { get; init; }

    public required TimeOnly EndTime { get; set; }

    public static ShiftHoursRow From(Guid scheduleId, ShiftHours hours) => new()
    {
        ScheduleId = scheduleId,
        Week = hours.Week,
        Day = hours.Day,
        StartTime = hours.Start,
        EndTime = hours.End,
    };

    public ShiftHours ToHours() => new() { Week = Week, Day = Day, Start = StartTime, End = EndTime };
}

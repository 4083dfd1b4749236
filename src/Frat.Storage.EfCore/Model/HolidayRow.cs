namespace Frat.Storage.EfCore;

internal sealed class HolidayRow
{
    public required Guid CalendarId { get; init; }

    public required DateOnly Date { get; init; }

    public required string Name { get; set; }

    public required LeavePart Part { get; set; }

    public Holiday ToHoliday() => new() { Date = Date, Name = Name, Part = Part };
}

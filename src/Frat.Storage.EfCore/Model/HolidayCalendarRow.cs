namespace Frat.Storage.EfCore;

internal sealed class HolidayCalendarRow
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public List<HolidayRow> Holidays { get; } = [];

    public HolidayCalendar ToCalendar() => new()
    {
        Id = Id,
        Name = Name,
        Holidays = [.. Holidays.OrderBy(row => row.Date).Select(row => row.ToHoliday())],
    };
}

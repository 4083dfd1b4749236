namespace Frat;

/// <summary>Which schedule is in force on which date. A function of the facts alone.</summary>
internal sealed class Timetable
{
    // Beyond these no shift is computed: the arithmetic would leave the calendar.
    private const int FirstYear = 1900;
    private const int LastYear = 9000;
    private readonly AttendanceFacts _facts;
    private readonly Dictionary<Guid, Schedule> _schedules;
    private readonly Dictionary<Guid, Dictionary<DateOnly, Holiday>> _holidays;
    private readonly DefaultSchedule[] _defaults;
    private readonly Dictionary<DateOnly, ShiftTimes?> _shifts = [];

    public Timetable(AttendanceFacts facts)
    {
        _facts = facts;
        _schedules = facts.Schedules.DistinctBy(schedule => schedule.Id).ToDictionary(schedule => schedule.Id);
        _holidays = facts.Calendars.DistinctBy(calendar => calendar.Id)
            .ToDictionary(
                calendar => calendar.Id,
                calendar => calendar.Holidays.DistinctBy(holiday => holiday.Date).ToDictionary(holiday => holiday.Date));
        _defaults = [.. facts.Defaults.OrderByDescending(entry => entry.From)];
    }

    /// <summary>The shift of a date; null where no schedule is in force.</summary>
    public ShiftTimes? ShiftOn(DateOnly date)
    {
        if (!_shifts.TryGetValue(date, out var shift))
        {
            _shifts[date] = shift = FindSchedule(date) is { } schedule ? ShiftTimes.Of(schedule, date, HolidayOn(date)) : null;
        }

        return shift;
    }

    /// <summary>Whether the schedule of a date was assigned to the person, and isn't everybody's.</summary>
    public bool IsAssigned(DateOnly date) => FindAssignment(date) is not null;

    /// <summary>The holiday of a date, by the person's own calendar or else the schedule's; null where there is none.</summary>
    public Holiday? HolidayOn(DateOnly date) =>
        (FindAssignment(date)?.HolidayCalendarId ?? FindSchedule(date)?.HolidayCalendarId) is { } calendar
            ? HolidaysOf(calendar).GetValueOrDefault(date)
            : null;

    /// <summary>Whether shifts are computed for a date at all.</summary>
    public static bool IsComputed(DateOnly date) => date.Year is >= FirstYear and < LastYear;

    private Schedule? FindSchedule(DateOnly date)
    {
        if (!IsComputed(date))
        {
            return null;
        }

        var id = FindAssignment(date) is { } assignment
            ? assignment.ScheduleId
            : Array.Find(_defaults, entry => entry.From <= date)?.ScheduleId;
        return id is not { } scheduleId ? null
            : _schedules.TryGetValue(scheduleId, out var schedule) ? schedule
            : throw new ArgumentException($"The schedule {scheduleId} is in force on {date:O}, but is not among the facts.");
    }

    private ScheduleAssignment? FindAssignment(DateOnly date)
    {
        foreach (var assignment in _facts.Assignments)
        {
            if (assignment.From <= date && (assignment.To is not { } last || date <= last))
            {
                return assignment;
            }
        }

        return null;
    }

    private Dictionary<DateOnly, Holiday> HolidaysOf(Guid calendar) => _holidays.TryGetValue(calendar, out var dates)
        ? dates
        : throw new ArgumentException($"The calendar {calendar} is in force, but is not among the facts.");
}

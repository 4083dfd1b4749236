using NodaTime;

namespace Frat;

/// <summary>Which schedule is in force on which date, and to which date a punch belongs. A function of the facts alone.</summary>
internal sealed class Timetable
{
    // Beyond these no shift is computed: the arithmetic would leave the calendar.
    private const int FirstYear = 1900;
    private const int LastYear = 9000;
    private readonly AttendanceFacts _facts;
    private readonly Dictionary<Guid, Schedule> _schedules;
    private readonly Dictionary<Guid, HashSet<DateOnly>> _holidays;
    private readonly DefaultSchedule[] _defaults;
    private readonly Dictionary<DateOnly, ShiftTimes?> _shifts = [];

    public Timetable(AttendanceFacts facts)
    {
        _facts = facts;
        _schedules = facts.Schedules.DistinctBy(schedule => schedule.Id).ToDictionary(schedule => schedule.Id);
        _holidays = facts.Calendars.DistinctBy(calendar => calendar.Id)
            .ToDictionary(calendar => calendar.Id, calendar => calendar.Holidays.Select(holiday => holiday.Date).ToHashSet());
        _defaults = [.. facts.Defaults.OrderByDescending(entry => entry.From)];
    }

    /// <summary>The shift of a date; null where no schedule is in force.</summary>
    public ShiftTimes? ShiftOn(DateOnly date)
    {
        if (!_shifts.TryGetValue(date, out var shift))
        {
            _shifts[date] = shift = FindSchedule(date) is { } schedule ? ShiftTimes.Of(schedule, date, IsHoliday(schedule, date)) : null;
        }

        return shift;
    }

    /// <summary>Whether the schedule of a date was assigned to the person, and isn't everybody's.</summary>
    public bool IsAssigned(DateOnly date) => FindAssignment(date) is not null;

    /// <summary>
    /// The moment from which on punches belong to a date's shift and not to the one before it; the middle between the windows of the two, or
    /// of where they overlap, but never within a shift.
    /// </summary>
    public Instant Opening(ShiftTimes shift) => Boundary(ShiftOn(shift.Date.AddDays(-1)), shift) ?? shift.WindowStart;

    /// <summary>When a shift is over for whoever did not come: its window's end, or the opening of the next one.</summary>
    public Instant Closing(ShiftTimes shift) =>
        ShiftOn(shift.Date.AddDays(1)) is { } next && Boundary(shift, next) is { } boundary ? Instant.Min(shift.WindowEnd, boundary) : shift.WindowEnd;

    /// <summary>Finds the work date that a punch belongs to.</summary>
    /// <returns>The date, and whether the punch was in no window.</returns>
    public (DateOnly Date, bool OutsideWindow) Bind(EffectivePunch punch)
    {
        var local = punch.LocalDate;
        if (local.Year <= FirstYear || local.Year >= LastYear)
        {
            return (local, false);
        }

        // The site's date may differ from the schedule's by a day, and a night shift's window may reach over another.
        ShiftTimes? owner = null;
        for (var days = -3; days <= 3; days++)
        {
            if (ShiftOn(local.AddDays(days)) is not { } shift)
            {
                continue;
            }

            if (punch.Instant >= Opening(shift) && punch.Instant < End(shift))
            {
                owner = shift;
                break;
            }
        }

        var isInWindow = owner is not null && punch.Instant >= owner.WindowStart && punch.Instant <= owner.WindowEnd;
        return isInWindow ? (owner!.Date, false)
            : ShiftOn(local) is null ? (local, false)
            : owner is not null ? (owner.Date, owner.Kind == DayKind.Workday)
            : (local, true);
    }

    // Between two shifts a punch belongs to one of them; next to a date without a schedule, a shift owns its window and the rest of its date.
    private Instant End(ShiftTimes shift) =>
        ShiftOn(shift.Date.AddDays(1)) is { } next ? Boundary(shift, next)!.Value : shift.WindowEnd + Duration.Epsilon;

    private static Instant? Boundary(ShiftTimes? before, ShiftTimes after)
    {
        if (before is null)
        {
            return null;
        }

        var middle = before.WindowEnd + ((after.WindowStart - before.WindowEnd) / 2);
        return before.End >= after.Start ? after.Start : Instant.Max(before.End, Instant.Min(middle, after.Start));
    }

    private Schedule? FindSchedule(DateOnly date)
    {
        if (date.Year <= FirstYear || date.Year >= LastYear)
        {
            return null;
        }

        var id = FindAssignment(date) is { } assignment ? assignment.ScheduleId : Array.Find(_defaults, entry => entry.From <= date)?.ScheduleId;
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

    private bool IsHoliday(Schedule schedule, DateOnly date) =>
        schedule.HolidayCalendarId is { } id
        && (_holidays.TryGetValue(id, out var dates)
            ? dates.Contains(date)
            : throw new ArgumentException($"The calendar {id} of the schedule \"{schedule.Name}\" is not among the facts."));
}

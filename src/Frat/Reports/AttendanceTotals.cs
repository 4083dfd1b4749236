namespace Frat;

/// <summary>What days of one person add up to.</summary>
/// <remarks>Not thread-safe while it is filled; nothing changes it any more once it was handed out.</remarks>
public sealed class AttendanceTotals
{
    private readonly int[] _byStatus = new int[Enum.GetValues<AttendanceStatus>().Length];

    private readonly decimal[] _byLeave = new decimal[Enum.GetValues<LeaveKind>().Length];

    private readonly (int Days, TimeSpan Worked)[] _byKind = new (int, TimeSpan)[Enum.GetValues<DayKind>().Length];

    internal AttendanceTotals()
    {
    }

    /// <summary>How many days there are a record of.</summary>
    public int Days { get; private set; }

    /// <summary>The time worked.</summary>
    public TimeSpan Worked { get; private set; }

    /// <summary>The time that the schedule asked for.</summary>
    public TimeSpan Expected { get; private set; }

    /// <summary>By how much more was worked than expected, on the days on which it was.</summary>
    public TimeSpan Overtime { get; private set; }

    /// <summary>By how much less was worked than expected, on the days on which it was.</summary>
    public TimeSpan Undertime { get; private set; }

    /// <summary>What is left of both: above zero, more was worked than expected.</summary>
    public TimeSpan Balance => Overtime - Undertime;

    /// <summary>How much of the time worked was at night, by the schedules.</summary>
    public TimeSpan NightWorked { get; private set; }

    /// <summary>How much of the time worked was on holidays, from midnight to midnight.</summary>
    public TimeSpan HolidayWorked { get; private set; }

    /// <summary>The working time that leaves of hours took.</summary>
    public TimeSpan LeaveTime { get; private set; }

    /// <summary>How many days of leave, counted in halves.</summary>
    public decimal LeaveDays { get; private set; }

    /// <summary>
    /// How many days of absence, counted in halves: the half that was missed beside half a day's leave is half a day, as is half a day
    /// without leave.
    /// </summary>
    public decimal AbsentDays { get; private set; }

    /// <summary>On how many days the person came after the grace, whatever the status.</summary>
    public int LateDays { get; private set; }

    /// <summary>How late the person was on these days, in sum.</summary>
    public TimeSpan LateBy { get; private set; }

    /// <summary>On how many days the person left before the grace, whatever the status.</summary>
    public int EarlyDays { get; private set; }

    /// <summary>How much too early the person left on these days, in sum.</summary>
    public TimeSpan EarlyBy { get; private set; }

    /// <summary>How many punches belong to the days.</summary>
    public long Punches { get; private set; }

    /// <summary>
    /// How many days came to a status. A day of which one half was leave and the other was missed counts as
    /// <see cref="AttendanceStatus.HalfDay"/>: it is no whole day's absence. See <see cref="LeaveDays"/> and <see cref="AbsentDays"/>.
    /// </summary>
    /// <param name="status">The status.</param>
    /// <returns>0 and up; the counts of all statuses add up to <see cref="Days"/>.</returns>
    public int Count(AttendanceStatus status) => _byStatus[(int)status];

    /// <summary>How many days of a kind of leave, counted in halves.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>0 and up; those of all kinds add up to <see cref="LeaveDays"/>.</returns>
    public decimal LeaveDaysOf(LeaveKind kind) => _byLeave[(int)kind];

    /// <summary>The time worked on days of a kind.</summary>
    /// <param name="kind">The kind: what was worked on holidays and days off is often paid otherwise.</param>
    /// <returns>0 and up; those of all kinds add up to <see cref="Worked"/>.</returns>
    public TimeSpan WorkedOn(DayKind kind) => _byKind[(int)kind].Worked;

    /// <summary>On how many days of a kind some time was worked.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>0 and up.</returns>
    public int DaysWorkedOn(DayKind kind) => _byKind[(int)kind].Days;

    internal void Add(AttendanceDay day)
    {
        var (days, worked) = _byKind[(int)day.Kind];
        _byKind[(int)day.Kind] = (days + (day.Worked > TimeSpan.Zero ? 1 : 0), worked + day.Worked);
        Expected += day.Expected;
        Overtime += day.Overtime;
        Undertime += day.Undertime;
        NightWorked += day.NightWorked;
        HolidayWorked += day.HolidayWorked;
        LeaveTime += day.LeaveTime;
        if (day is { LeaveKind: { } kind, LeaveDays: > 0 })
        {
            var second = day.SecondLeaveKind is null ? 0 : day.LeaveDays / 2;
            _byLeave[(int)kind] += day.LeaveDays - second;
            _byLeave[(int)(day.SecondLeaveKind ?? kind)] += second;
        }

        LeaveDays += day.LeaveDays;
        AbsentDays += day.AbsentDays;
        Days++;
        _byStatus[(int)(day is { Status: AttendanceStatus.Absent, LeaveDays: > 0 } ? AttendanceStatus.HalfDay : day.Status)]++;
        Worked += day.Worked;
        LateDays += day.IsLate ? 1 : 0;
        LateBy += day.LateBy;
        EarlyDays += day.LeftEarly ? 1 : 0;
        EarlyBy += day.EarlyBy;
        Punches += day.PunchCount;
    }
}

/// <summary>What a span of days of one person adds up to.</summary>
public sealed record PersonSummary
{
    /// <summary>Whose days.</summary>
    public required Person Person { get; init; }

    /// <summary>What they add up to; all zero for somebody without a record.</summary>
    public required AttendanceTotals Totals { get; init; }
}

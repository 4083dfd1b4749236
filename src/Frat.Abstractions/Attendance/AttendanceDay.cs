namespace Frat;

/// <summary>
/// One person's day, derived from the punches and the schedule in force. Unique for each person and date. A shift that crosses midnight
/// belongs to the date on which it starts.
/// </summary>
public sealed record AttendanceDay
{
    /// <summary>Whose day.</summary>
    public required Person Person { get; init; }

    /// <summary>The work date: the local date on which the shift starts; without a schedule, the local date of the punches.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What the day came to. Without a schedule, the first punch of the local day marks it present.</summary>
    public required AttendanceStatus Status { get; init; }

    /// <summary>What kind of day it was.</summary>
    public DayKind Kind { get; init; }

    /// <summary>
    /// The leave that the person had, where there was one. On half a holiday, leave of the other half is all that there is:
    /// <see cref="LeavePart.FullDay"/>.
    /// </summary>
    public LeavePart? Leave { get; init; }

    /// <summary>What the leave is; of two kinds on one day, that of the first.</summary>
    public LeaveKind? LeaveKind { get; init; }

    /// <summary>What the second half's leave is, where it is another than the first half's.</summary>
    public LeaveKind? SecondLeaveKind { get; init; }

    /// <summary>The working time that a leave of hours takes.</summary>
    public TimeSpan LeaveTime { get; init; }

    /// <summary>When the person came, as the clock on the site's wall showed it; null on a day without a punch that counts.</summary>
    public DateTime? FirstIn { get; init; }

    /// <summary>When the person left, as the clock on the site's wall showed it; null while nobody knows.</summary>
    public DateTime? LastOut { get; init; }

    /// <summary>The time worked, counted on instants and less the break: a night in which the clock is put back has an hour more.</summary>
    public TimeSpan Worked { get; init; }

    /// <summary>
    /// The time that the schedule asked for, less the break; half of it beside half a day's leave. Zero where nobody was expected: on a day
    /// off, a holiday, a whole day's leave, without a schedule, and while the person was not active.
    /// </summary>
    public TimeSpan Expected { get; init; }

    /// <summary>
    /// By how much more was worked than expected, beyond <see cref="Schedule.BalanceTolerance"/>. Zero until the day is over, without a
    /// schedule and for anyone who is exempt.
    /// </summary>
    public TimeSpan Overtime { get; init; }

    /// <summary>
    /// By how much less was worked than expected, as <see cref="Overtime"/>. Zero of an incomplete day, whose hours nobody knows.
    /// </summary>
    public TimeSpan Undertime { get; init; }

    /// <summary>How much of <see cref="Worked"/> was in the schedule's night. The break is taken from the other hours first.</summary>
    public TimeSpan NightWorked { get; init; }

    /// <summary>
    /// How much of <see cref="Worked"/> was on holidays, from midnight to midnight: the part of a night shift that reaches into one, too.
    /// </summary>
    public TimeSpan HolidayWorked { get; init; }

    /// <summary>How long after the shift's start the person came, in whole minutes; zero within the grace.</summary>
    public TimeSpan LateBy { get; init; }

    /// <summary>How long before the shift's end the person left, in whole minutes; zero within the grace.</summary>
    public TimeSpan EarlyBy { get; init; }

    /// <summary>Came after the grace. Kept beside the status: a half day can be late, too.</summary>
    public bool IsLate => LateBy > TimeSpan.Zero;

    /// <summary>Left before the grace. Kept beside the status.</summary>
    public bool LeftEarly => EarlyBy > TimeSpan.Zero;

    /// <summary>
    /// How much of a day's leave it was: 0, 0.5 or 1. A holiday or a day off within a leave takes none of it; leave of hours is in
    /// <see cref="LeaveTime"/>.
    /// </summary>
    public decimal LeaveDays => Leave switch
    {
        null or LeavePart.Hours => 0,
        LeavePart.FullDay => Whole,
        _ => 0.5m,
    };

    /// <summary>
    /// How much of a day the person was absent: 1 for a day, 0.5 for the half that was missed beside half a day's leave or half a holiday
    /// and for half a day without leave, else 0.
    /// </summary>
    public decimal AbsentDays => Status switch
    {
        AttendanceStatus.Absent => Whole - LeaveDays,
        AttendanceStatus.HalfDay when Leave is null or LeavePart.Hours => 0.5m,
        _ => 0,
    };

    private decimal Whole => Kind == DayKind.HalfHoliday ? 0.5m : 1;

    /// <summary>The schedule in force; null where there was none.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>The punch that marked the day: the first one that counts. Null on a day without.</summary>
    public Guid? PunchId { get; init; }

    /// <summary>How many punches belong to the day, duplicates included, void ones not.</summary>
    public int PunchCount { get; init; }

    /// <summary>The time of <see cref="FirstIn"/>.</summary>
    public TimeOnly? Time => FirstIn is { } first ? TimeOnly.FromDateTime(first) : null;
}

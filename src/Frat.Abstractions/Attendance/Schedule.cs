namespace Frat;

/// <summary>Days of the week, as a set.</summary>
[Flags]
public enum Weekdays
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Monday.</summary>
    Monday = 1,

    /// <summary>Tuesday.</summary>
    Tuesday = 2,

    /// <summary>Wednesday.</summary>
    Wednesday = 4,

    /// <summary>Thursday.</summary>
    Thursday = 8,

    /// <summary>Friday.</summary>
    Friday = 16,

    /// <summary>Saturday.</summary>
    Saturday = 32,

    /// <summary>Sunday.</summary>
    Sunday = 64,

    /// <summary>Monday to Friday.</summary>
    MondayToFriday = Monday | Tuesday | Wednesday | Thursday | Friday,

    /// <summary>Every day.</summary>
    All = MondayToFriday | Saturday | Sunday,
}

/// <summary>How it is found out whether a punch is coming or going.</summary>
public enum DirectionRule
{
    /// <summary>In, out, in, out, …, whatever the device said.</summary>
    Alternating,

    /// <summary>
    /// As the punch says. One that says nothing, or that repeats the one before, has no partner and doesn't count: the day is incomplete.
    /// </summary>
    Strict,

    /// <summary>
    /// As the punch says; one that says nothing alternates, and one that repeats the one before is a passage within the stay.
    /// </summary>
    Device,
}

/// <summary>How the hours of a day are counted.</summary>
public enum HoursRule
{
    /// <summary>From the first coming to the last going; what is between doesn't count.</summary>
    FirstInLastOut,

    /// <summary>The sum of all stays.</summary>
    EveryPair,
}

/// <summary>How the hours of a day are rounded.</summary>
public enum HoursRounding
{
    /// <summary>To the nearest; the middle up.</summary>
    Nearest,

    /// <summary>Down.</summary>
    Down,

    /// <summary>Up.</summary>
    Up,
}

/// <summary>
/// When somebody works, and how punches become days. What starts on a date belongs to it, in one part or several. Immutable; to change a
/// schedule from a date on, make another and assign it from that date: saving a schedule again changes past days, too.
/// </summary>
public sealed record Schedule
{
    /// <summary>The most weeks of a <see cref="Pattern"/>.</summary>
    public const int MaxPatternWeeks = 52;

    /// <summary>The most parts of a day of a <see cref="Pattern"/>.</summary>
    public const int MaxDayParts = 4;

    /// <summary>The longest <see cref="Name"/>, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The default of <see cref="DuplicateInterval"/>, and what holds where there is no schedule: 60 s.</summary>
    public static readonly TimeSpan DefaultDuplicateInterval = TimeSpan.FromSeconds(60);

    /// <summary>The schedule's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What people call it; unique, 1 to <see cref="MaxNameLength"/> characters.</summary>
    public required string Name { get; init; }

    /// <summary>The zone of <see cref="Start"/> and <see cref="End"/> by IANA id, such as <c>Europe/Berlin</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>When the shift starts, on the wall's clock.</summary>
    public required TimeOnly Start { get; init; }

    /// <summary>When it ends. Not later than <see cref="Start"/>: on the next day. Equal: 24 hours.</summary>
    public required TimeOnly End { get; init; }

    /// <summary>The days on which a shift starts. Default: Monday to Friday.</summary>
    public Weekdays Weekdays { get; init; } = Weekdays.MondayToFriday;

    /// <summary>
    /// Hours that differ by day or by week, and days of several parts. Where there are any, they take the place of <see cref="Start"/>,
    /// <see cref="End"/> and <see cref="Weekdays"/>; a day without any is a day off. Default: none.
    /// </summary>
    public IReadOnlyList<ShiftHours> Pattern { get; init; } = [];

    /// <summary>After how many weeks the <see cref="Pattern"/> begins again; 1 to <see cref="MaxPatternWeeks"/>. Default 1.</summary>
    public int PatternWeeks { get; init; } = 1;

    /// <summary>
    /// A date in the first week of the <see cref="Pattern"/>, which holds for the dates before it as well; weeks begin on Monday. Needed
    /// where there are several weeks.
    /// </summary>
    public DateOnly? PatternStart { get; init; }

    /// <summary>
    /// Hours that people choose within <see cref="Start"/> and <see cref="End"/>, or those of the day's part; null, the default: they work
    /// from the start to the end.
    /// </summary>
    public FlexibleHours? Flexible { get; init; }

    /// <summary>Nobody is missed, late or early, and no hours are expected: the punches are kept. Default false.</summary>
    public bool IsExempt { get; init; }

    /// <summary>How long before its start a punch belongs to the shift without question; 0 to 12 h. Default 2 h.</summary>
    public TimeSpan WindowBefore { get; init; } = TimeSpan.FromHours(2);

    /// <summary>
    /// How long after its end a punch belongs to the shift without question, and when the day is judged; 0 to 12 h. Default 4 h.
    /// </summary>
    public TimeSpan WindowAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>The unpaid break, which is deducted from a stay longer than <see cref="BreakAfter"/>; 0 to 12 h. Default none.</summary>
    public TimeSpan Break { get; init; }

    /// <summary>The time from which on the break is deducted; the deduction never makes it less than this. 0 to 24 h. Default 0.</summary>
    public TimeSpan BreakAfter { get; init; }

    /// <summary>How coming and going are told apart. Default: <see cref="DirectionRule.Alternating"/>.</summary>
    public DirectionRule Direction { get; init; }

    /// <summary>How hours are counted. Default: <see cref="HoursRule.FirstInLastOut"/>.</summary>
    public HoursRule Hours { get; init; }

    /// <summary>
    /// Time before the start, and between two parts of a day, doesn't count on a workday, though somebody is there. Default false.
    /// </summary>
    public bool CountsFromStart { get; init; }

    /// <summary>To what the hours of a day are rounded; 0 to 1 h, a whole number of minutes. Default 0: to the second.</summary>
    public TimeSpan RoundTo { get; init; }

    /// <summary>How they are rounded. Default: <see cref="HoursRounding.Nearest"/>.</summary>
    public HoursRounding Rounding { get; init; }

    /// <summary>A difference from the expected hours that is neither overtime nor undertime; 0 to 12 h. Default 0.</summary>
    public TimeSpan BalanceTolerance { get; init; }

    /// <summary>When the night begins, whose hours are told apart; null: they aren't. With <see cref="NightEnd"/>.</summary>
    public TimeOnly? NightStart { get; init; }

    /// <summary>When the night ends. Not later than <see cref="NightStart"/>: on the next day.</summary>
    public TimeOnly? NightEnd { get; init; }

    /// <summary>Anyone who worked less has a half day; null: nobody. Up to 24 h.</summary>
    public TimeSpan? HalfDayBelow { get; init; }

    /// <summary>Anyone who worked less was absent; null: nobody who came. At most <see cref="HalfDayBelow"/>.</summary>
    public TimeSpan? AbsentBelow { get; init; }

    /// <summary>How long after the start coming is not late; 0 to 12 h. Default 0. Judged by the minute that the clock showed.</summary>
    public TimeSpan LateGrace { get; init; }

    /// <summary>How long before the end going is not early; 0 to 12 h. Default 0.</summary>
    public TimeSpan EarlyGrace { get; init; }

    /// <summary>
    /// A punch so soon after the last one that counts is recorded, and not counted; 0 to 1 h: with 0, only one at the same moment. Default
    /// <see cref="DefaultDuplicateInterval"/>.
    /// </summary>
    public TimeSpan DuplicateInterval { get; init; } = DefaultDuplicateInterval;

    /// <summary>The calendar with the holidays; null: none.</summary>
    public Guid? HolidayCalendarId { get; init; }

    /// <summary>Checks what every store has to check of a schedule beside what <see cref="IAttendanceRules"/> check.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <exception cref="ArgumentException">The name is empty, too long or not well-formed.</exception>
    public static void ThrowIfInvalid(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentChecks.CheckText(schedule.Name, MaxNameLength);
    }
}

/// <summary>The schedule for everybody who has none assigned, from a work date on.</summary>
public sealed record DefaultSchedule
{
    /// <summary>The first work date; it holds until the next one begins.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Which schedule; null: none, which is the original's rule.</summary>
    public required Guid? ScheduleId { get; init; }
}

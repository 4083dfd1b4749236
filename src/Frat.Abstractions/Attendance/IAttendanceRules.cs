namespace Frat;

/// <summary>A punch with the corrections beside it.</summary>
public sealed record PunchFacts
{
    /// <summary>The punch as it was appended.</summary>
    public required Punch Punch { get; init; }

    /// <summary>All its corrections, in any order; the latest holds.</summary>
    public required IReadOnlyList<PunchCorrection> Corrections { get; init; }

    /// <summary>
    /// When the store took the punch; of two at one moment that say the same, the one that came first counts. Null: before all others.
    /// </summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}

/// <summary>All that the days of one person follow from.</summary>
public sealed record AttendanceFacts
{
    /// <summary>
    /// How many days before the first and after the last date the <see cref="Punches"/> have to reach, by local time: a punch makes no
    /// difference to a day farther off. It may belong to a date up to three days from its own (a shift of 24 hours with the longest
    /// windows, at a site in another zone), and to which of two days it belongs may depend on the punches of the days next to them.
    /// </summary>
    public const int MarginDays = 5;

    /// <summary>Whose days.</summary>
    public required Person Person { get; init; }

    /// <summary>The first work date to derive.</summary>
    public required DateOnly FirstDate { get; init; }

    /// <summary>The last work date to derive, included.</summary>
    public required DateOnly LastDate { get; init; }

    /// <summary>The present: a shift that isn't over by then isn't judged yet.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>
    /// The person's punches of these dates and <see cref="MarginDays"/> around them, in any order; more of them make no difference.
    /// </summary>
    public required IReadOnlyList<PunchFacts> Punches { get; init; }

    /// <summary>The person's assignments.</summary>
    public IReadOnlyList<ScheduleAssignment> Assignments { get; init; } = [];

    /// <summary>The schedules that the assignments and the defaults name.</summary>
    public IReadOnlyList<Schedule> Schedules { get; init; } = [];

    /// <summary>The schedules that hold where nothing is assigned.</summary>
    public IReadOnlyList<DefaultSchedule> Defaults { get; init; } = [];

    /// <summary>The calendars that the schedules name.</summary>
    public IReadOnlyList<HolidayCalendar> Calendars { get; init; } = [];

    /// <summary>The person's leaves.</summary>
    public IReadOnlyList<Leave> Leaves { get; init; } = [];

    /// <summary>When the person was not active.</summary>
    public IReadOnlyList<InactivePeriod> InactivePeriods { get; init; } = [];

    /// <summary>
    /// The last date that has begun anywhere on earth: without a schedule there is no zone to ask, and a leave is shown from then on.
    /// </summary>
    /// <param name="asOf">The moment.</param>
    /// <returns>The date.</returns>
    public static DateOnly FindLastBegunDate(DateTimeOffset asOf) => DateOnly.FromDateTime(asOf.UtcDateTime.AddHours(14));
}

/// <summary>
/// Makes days of punches. A pure function of its input: neither the clock nor the order in which punches arrived makes a difference, and
/// deriving again gives the same.
/// </summary>
/// <remarks>
/// Thread-safe; without state. Registered by <c>AddFrat()</c>, or alone by <c>AddAttendanceRules()</c>. An application can register its own
/// before.
/// </remarks>
public interface IAttendanceRules
{
    /// <summary>Derives one person's days.</summary>
    /// <param name="facts">What they follow from.</param>
    /// <returns>Each date from the first to the last, in order.</returns>
    /// <exception cref="ArgumentException">A schedule, a calendar or a zone that the facts name is missing or can't be used.</exception>
    IReadOnlyList<DayDetail> Derive(AttendanceFacts facts);

    /// <summary>Finds the last work date whose shift's window had closed by a moment.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="asOf">The moment.</param>
    /// <returns>The date, whether or not a shift started on it.</returns>
    /// <exception cref="ArgumentException">The schedule can't be used.</exception>
    DateOnly FindLastClosedDate(Schedule schedule, DateTimeOffset asOf);

    /// <summary>Checks that a schedule can be used: that its zone is known, and each setting within the bounds that it states.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <exception cref="ArgumentException">It can't be used; the message says why, for a person to read.</exception>
    void Check(Schedule schedule);

    /// <summary>
    /// Checks that a punch can be counted: that its zone is known, its local time is what the zone's wall showed at that instant, give or
    /// take <see cref="Punch.MaxWallDifference"/>, and the instant not before <see cref="Punch.EarliestDate"/> nor more than
    /// <see cref="Punch.MaxAhead"/> ahead.
    /// </summary>
    /// <param name="punch">The punch.</param>
    /// <param name="asOf">The present.</param>
    /// <exception cref="ArgumentException">It can't be counted; the message says why, for a person to read.</exception>
    void Check(Punch punch, DateTimeOffset asOf);

    /// <summary>
    /// Checks that a correction can be counted: that its times are not before <see cref="Punch.EarliestDate"/> nor more than
    /// <see cref="Punch.MaxAhead"/> ahead.
    /// </summary>
    /// <param name="correction">The correction.</param>
    /// <param name="asOf">The present.</param>
    /// <exception cref="ArgumentException">It can't be counted; the message says why, for a person to read.</exception>
    void Check(PunchCorrection correction, DateTimeOffset asOf);
}

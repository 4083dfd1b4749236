namespace Frat;

/// <summary>What a punch counted as. Each punch counts as exactly one of these, on exactly one day.</summary>
public enum PunchRole
{
    /// <summary>Begins a stay.</summary>
    In,

    /// <summary>Ends a stay.</summary>
    Out,

    /// <summary>A passage within the stay.</summary>
    Between,

    /// <summary>At the moment of another punch or too soon after it; recorded, not counted.</summary>
    Duplicate,

    /// <summary>Has no partner. While the shift lasts, somebody is there; afterwards it makes the day incomplete.</summary>
    Unpaired,

    /// <summary>Taken back by a correction.</summary>
    Void,
}

/// <summary>A punch as it counted.</summary>
public sealed record DayPunch
{
    /// <summary>The punch.</summary>
    public required Guid PunchId { get; init; }

    /// <summary>The time that counted, on the wall of the punch's site: its own, or the correction's.</summary>
    public required DateTime LocalTime { get; init; }

    /// <summary>The same as an instant.</summary>
    public required DateTimeOffset Instant { get; init; }

    /// <summary>What it counted as.</summary>
    public required PunchRole Role { get; init; }

    /// <summary>True when it was in no shift's window and belongs to the nearest one.</summary>
    public bool OutsideWindow { get; init; }

    /// <summary>True when a correction holds.</summary>
    public bool IsCorrected { get; init; }
}

/// <summary>When somebody is expected.</summary>
public sealed record ShiftSpan
{
    /// <summary>From when on, on the wall of the schedule's zone.</summary>
    public required DateTime Start { get; init; }

    /// <summary>Until when, on the same wall.</summary>
    public required DateTime End { get; init; }
}

/// <summary>A day with what each of its punches counted as.</summary>
public sealed record DayDetail
{
    /// <summary>The work date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>
    /// What it came to; null when there is nothing to say: a day off, a shift that isn't over and to which nobody came yet.
    /// </summary>
    public AttendanceDay? Day { get; init; }

    /// <summary>The day's punches, void ones too, in the order of the times that counted.</summary>
    public required IReadOnlyList<DayPunch> Punches { get; init; }

    /// <summary>
    /// When the person is expected, in order, less leave and holidays; empty on a day off, on a holiday and without a schedule.
    /// </summary>
    public IReadOnlyList<ShiftSpan> Expected { get; init; } = [];

    /// <summary>When the day is judged for good; null when it is.</summary>
    public DateTimeOffset? ClosesAt { get; init; }
}

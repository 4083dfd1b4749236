namespace Frat;

/// <summary>The hours of one part of a day in a <see cref="Schedule.Pattern"/>. Immutable.</summary>
public sealed record ShiftHours
{
    /// <summary>In which week of the pattern: 0 is the first.</summary>
    public int Week { get; init; }

    /// <summary>The day on which it starts.</summary>
    public required DayOfWeek Day { get; init; }

    /// <summary>When it starts, on the wall's clock.</summary>
    public required TimeOnly Start { get; init; }

    /// <summary>
    /// When it ends. Not later than <see cref="Start"/>: on the next day, which only the last part of a day may. Equal: 24 hours.
    /// </summary>
    public required TimeOnly End { get; init; }
}

/// <summary>Hours that people choose. Immutable.</summary>
public sealed record FlexibleHours
{
    /// <summary>
    /// How long a workday is, the break not counted; more than 0, up to 24 h. A week's target is the sum of its workdays.
    /// </summary>
    public required TimeSpan Target { get; init; }

    /// <summary>When everybody is there: coming later is late. Null: nobody is late.</summary>
    public TimeOnly? CoreStart { get; init; }

    /// <summary>Until when everybody is there: going before is early. Null: nobody is early.</summary>
    public TimeOnly? CoreEnd { get; init; }
}

namespace Frat;

/// <summary>Which days to list: see <see cref="IAttendanceLog.ListDaysAsync"/>. Immutable.</summary>
public sealed record DayQuery
{
    /// <summary>The most days of one page.</summary>
    public const int MaxTake = 1000;

    /// <summary>The first date.</summary>
    public required DateOnly FirstDate { get; init; }

    /// <summary>The last date, included.</summary>
    public required DateOnly LastDate { get; init; }

    /// <summary>Only this person's, where given.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Only what comes behind this place of the list, such as that of the last day of a page; null for the beginning.</summary>
    public DayPosition? After { get; init; }

    /// <summary>How many to list at most, 1 to <see cref="MaxTake"/>; 50 when left out.</summary>
    public int Take { get; init; } = 50;

    /// <summary>Checks what every store has to check before it looks.</summary>
    /// <param name="query">The value.</param>
    /// <exception cref="ArgumentException">Take is out of its range.</exception>
    public static void ThrowIfInvalid(DayQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Take, 1, "query.Take");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Take, MaxTake, "query.Take");
    }
}

/// <summary>
/// A place in the list of days, which stays the same whatever is added before and behind it: nobody has two days of a date. Immutable.
/// </summary>
public sealed record DayPosition
{
    /// <summary>The date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The employee ID of whose day it is.</summary>
    public required string EmployeeId { get; init; }

    /// <summary>The place of a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns>Its place.</returns>
    public static DayPosition Of(AttendanceDay day)
    {
        ArgumentNullException.ThrowIfNull(day);
        return new DayPosition { Date = day.Date, EmployeeId = day.Person.EmployeeId };
    }
}

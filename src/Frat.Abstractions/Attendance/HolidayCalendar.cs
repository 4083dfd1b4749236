namespace Frat;

/// <summary>Holidays that schedules share. Immutable.</summary>
public sealed record HolidayCalendar
{
    /// <summary>The longest <see cref="Name"/> of a calendar or a holiday, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The calendar's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What people call it; unique, 1 to <see cref="MaxNameLength"/> characters.</summary>
    public required string Name { get; init; }

    /// <summary>The holidays, each date once.</summary>
    public required IReadOnlyList<Holiday> Holidays { get; init; }
}

/// <summary>A day on which no shift starts.</summary>
/// <param name="Date">The date.</param>
/// <param name="Name">What people call it; 1 to <see cref="HolidayCalendar.MaxNameLength"/> characters.</param>
public sealed record Holiday(DateOnly Date, string Name);

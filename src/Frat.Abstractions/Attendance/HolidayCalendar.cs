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

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="calendar">The value.</param>
    /// <exception cref="ArgumentException">A text is empty, too long or not well-formed, or a date comes twice.</exception>
    public static void ThrowIfInvalid(HolidayCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentChecks.CheckText(calendar.Name, MaxNameLength);
        ArgumentNullException.ThrowIfNull(calendar.Holidays);
        if (calendar.Holidays.DistinctBy(holiday => holiday.Date).Count() != calendar.Holidays.Count)
        {
            throw new ArgumentException("A date is in the calendar twice.", nameof(calendar));
        }

        foreach (var holiday in calendar.Holidays)
        {
            ArgumentChecks.CheckText(holiday.Name, MaxNameLength);
            ArgumentChecks.CheckEnum(holiday.Part);
            if (holiday.Part == LeavePart.Hours)
            {
                throw new ArgumentException("A holiday is a whole day or half of one.", nameof(calendar));
            }
        }
    }
}

/// <summary>A day on which nobody is expected, or for half of it.</summary>
public sealed record Holiday
{
    /// <summary>The date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What people call it; 1 to <see cref="HolidayCalendar.MaxNameLength"/> characters.</summary>
    public required string Name { get; init; }

    /// <summary>Which part of a shift is holiday: all of it, which is the default, its first or its second half.</summary>
    public LeavePart Part { get; init; }
}

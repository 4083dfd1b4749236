namespace Frat;

/// <summary>The reports that can be asked for by name, in an address or on a command line.</summary>
public enum ReportKind
{
    /// <summary>Who was there and when: <see cref="IReportService.Days"/>.</summary>
    Day,

    /// <summary>What a month, or any span, adds up to: <see cref="IReportService.Summary"/>.</summary>
    Month,

    /// <summary>One person's days, with totals: <see cref="IReportService.PersonDays"/>.</summary>
    Person,

    /// <summary>The punches as they were recorded: <see cref="IReportService.Punches"/>.</summary>
    Punches,
}

/// <summary>Which report, of which dates. Immutable.</summary>
public sealed record ReportRequest
{
    /// <summary>Which report.</summary>
    public required ReportKind Kind { get; init; }

    /// <summary>
    /// The first date. Null: the last one's day or, of <see cref="ReportKind.Month"/> and <see cref="ReportKind.Person"/>, the first of its
    /// month; where there is no last date either, today's.
    /// </summary>
    public DateOnly? FirstDate { get; init; }

    /// <summary>The last date, included. Null: the first one's day, or the end of its month.</summary>
    public DateOnly? LastDate { get; init; }

    /// <summary>Only this person's; required of <see cref="ReportKind.Person"/>.</summary>
    public Person? Person { get; init; }

    /// <summary>The dates that are meant.</summary>
    /// <param name="today">Says which day it is at the site; asked only where no date is given.</param>
    /// <returns>The first and the last date, as they were given: the last may be before the first.</returns>
    public (DateOnly First, DateOnly Last) ToDates(Func<DateOnly> today)
    {
        ArgumentNullException.ThrowIfNull(today);
        var (first, last) = (FirstDate, LastDate) switch
        {
            ({ } one, { } other) => (one, other),
            ({ } one, null) => (one, one),
            (null, { } other) => (other, other),
            _ when today() is var now => (now, now),
        };
        return Kind is not (ReportKind.Month or ReportKind.Person) ? (first, last)
            : (FirstDate ?? new DateOnly(first.Year, first.Month, 1),
                LastDate ?? new DateOnly(last.Year, last.Month, DateTime.DaysInMonth(last.Year, last.Month)));
    }
}

namespace Frat.Storage.EfCore;

/// <summary>Arithmetic with dates that ends at the edges of the calendar.</summary>
internal static class Dates
{
    public static DateOnly Plus(this DateOnly date, int days) =>
        DateOnly.FromDayNumber((int)Math.Clamp((long)date.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    /// <summary>The dates around some dates, as spans that don't touch one another.</summary>
    public static IEnumerable<(DateOnly First, DateOnly Last)> Around(IEnumerable<DateOnly> dates, int reach)
    {
        (DateOnly First, DateOnly Last)? span = null;
        foreach (var date in dates.Order())
        {
            var (first, last) = (date.Plus(-reach), date.Plus(reach));
            if (span is { } open && first <= open.Last)
            {
                span = (open.First, last);
                continue;
            }

            if (span is { } complete)
            {
                yield return complete;
            }

            span = (first, last);
        }

        if (span is { } rest)
        {
            yield return rest;
        }
    }
}

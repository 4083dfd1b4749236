namespace Frat.Storage.EfCore;

/// <summary>Arithmetic with dates that ends at the edges of the calendar.</summary>
internal static class Dates
{
    public static DateOnly Plus(this DateOnly date, int days) =>
        DateOnly.FromDayNumber((int)Math.Clamp((long)date.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    /// <summary>The dates around some dates, as spans that don't touch one another.</summary>
    public static List<(DateOnly First, DateOnly Last)> Around(IEnumerable<DateOnly> dates, int reach) =>
        Merge(dates.Select(date => (date.Plus(-reach), date.Plus(reach))));

    /// <summary>Spans that don't touch one another, with the dates of all of these, in order.</summary>
    public static List<(DateOnly First, DateOnly Last)> Merge(IEnumerable<(DateOnly First, DateOnly Last)> spans)
    {
        var merged = new List<(DateOnly First, DateOnly Last)>();
        foreach (var span in spans.Where(span => span.First <= span.Last).Order())
        {
            if (merged.Count > 0 && span.First <= merged[^1].Last.Plus(1))
            {
                merged[^1] = (merged[^1].First, span.Last > merged[^1].Last ? span.Last : merged[^1].Last);
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }
}

using System.Globalization;

namespace Frat.AspNetCore;

/// <summary>Dates in a query.</summary>
internal static class QueryDates
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>The date as a query has it.</summary>
    public static string Text(DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The date, or null where the text is none.</summary>
    public static DateOnly? Read(string text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>What is wrong with the text; null when nothing is, or there is none.</summary>
    public static string? ErrorOf(string text, DateOnly? date) => text.Length > 0 && date is null ? "Write the date as YYYY-MM-DD." : null;
}

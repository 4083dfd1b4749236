using System.Globalization;
using System.Text.RegularExpressions;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace Frat.WebHost.Pages.Schedules;

/// <summary>Holidays as lines of text, and out of an iCalendar file.</summary>
internal static partial class HolidayText
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MostBytes = 48 * 1024;

    /// <summary>The most holidays of a calendar here.</summary>
    public const int Most = 1000;

    private const string First = "(first half)";
    private const string Second = "(second half)";

    /// <summary>A line for each, by date, such as <c>2026-12-24 Christmas Eve (second half)</c>.</summary>
    public static string Write(IEnumerable<Holiday> holidays) => string.Join('\n', holidays.OrderBy(holiday => holiday.Date).Select(
        holiday => $"{DayText.Iso(holiday.Date)} {holiday.Name}" + holiday.Part switch
        {
            LeavePart.FirstHalf => " " + First,
            LeavePart.SecondHalf => " " + Second,
            _ => "",
        }));

    /// <summary>The holidays of lines, or which line can't be read.</summary>
    public static (IReadOnlyList<Holiday> Holidays, string? Problem) Read(string? text)
    {
        var holidays = new List<Holiday>();
        foreach (var (line, number) in (text ?? "").Split('\n').Select((line, index) => (line.Trim(), index + 1)))
        {
            if (line.Length == 0)
            {
                continue;
            }

            var (date, name) = line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (line, "");
            var part = name.EndsWith(First, StringComparison.OrdinalIgnoreCase) ? LeavePart.FirstHalf
                : name.EndsWith(Second, StringComparison.OrdinalIgnoreCase) ? LeavePart.SecondHalf
                : LeavePart.FullDay;
            name = (part == LeavePart.FullDay ? name : name[..name.LastIndexOf('(')]).Trim();
            if (!DateOnly.TryParseExact(date, DayText.IsoFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                || name.Length is 0 or > HolidayCalendar.MaxNameLength)
            {
                return ([], $"Line {number} isn’t a date and a name, such as 2026-12-25 Christmas Day.");
            }

            holidays.Add(new Holiday { Date = day, Name = name, Part = part });
        }

        var twice = holidays.GroupBy(holiday => holiday.Date).FirstOrDefault(group => group.Count() > 1);
        return twice is not null ? ([], $"{DayText.Iso(twice.Key)} is there twice.")
            : holidays.Count > Most ? ([], $"A calendar has at most {Most} holidays here.")
            : (holidays, null);
    }

    /// <summary>
    /// The days of an iCalendar file (RFC 5545) in some years: of events that last whole days, those that come again, too. Of two on a
    /// date, the first is taken.
    /// </summary>
    /// <returns>The holidays by date; null where the file can't be read.</returns>
    public static IReadOnlyList<Holiday>? ReadCalendar(string file, DateOnly from, DateOnly to)
    {
        // What comes again each second would be counted for ever.
        if (Fast().IsMatch(file))
        {
            return null;
        }

        try
        {
            var holidays = new SortedDictionary<DateOnly, Holiday>();
            foreach (var calendar in CalendarCollection.Load(file))
            {
                foreach (var item in calendar.Events.Where(item => item.IsAllDay))
                {
                    Add(holidays, item, from, to);
                }
            }

            return [.. holidays.Values];
        }
        catch (Exception wrong) when (wrong is not (OutOfMemoryException or OperationCanceledException))
        {
            return null; // Whatever the parser says of a file that isn't one.
        }
    }

    private static void Add(SortedDictionary<DateOnly, Holiday> holidays, CalendarEvent item, DateOnly from, DateOnly to)
    {
        var name = Spaces().Replace(item.Summary ?? "", " ").Trim();
        if (name.Length == 0)
        {
            return;
        }

        name = name.Length <= HolidayCalendar.MaxNameLength ? name : name[..HolidayCalendar.MaxNameLength].TrimEnd();
        foreach (var occurrence in item.GetOccurrences(new CalDateTime(from)).Take(Most))
        {
            var first = DateOnly.FromDateTime(occurrence.Period.StartTime.Value);
            if (first > to)
            {
                return;
            }

            // The end of an event that lasts whole days is not of it any more.
            var end = occurrence.Period.EffectiveEndTime is { } until ? DateOnly.FromDateTime(until.Value) : first.AddDays(1);
            for (var date = first; (date < end || date == first) && date <= to && holidays.Count < Most; date = date.AddDays(1))
            {
                if (date >= from)
                {
                    holidays.TryAdd(date, new Holiday { Date = date, Name = name });
                }
            }
        }
    }

    [GeneratedRegex("FREQ=(SECONDLY|MINUTELY|HOURLY)", RegexOptions.IgnoreCase)]
    private static partial Regex Fast();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

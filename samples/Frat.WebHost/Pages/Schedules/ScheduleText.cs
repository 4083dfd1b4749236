using System.Globalization;
using System.Text;

namespace Frat.WebHost.Pages.Schedules;

/// <summary>How a schedule is told and drawn.</summary>
internal static class ScheduleText
{
    private const int HoursDrawn = 30; // A night ends on the next day.
    private const int RowHeight = 10;
    private const int HourWidth = 10;

    private static readonly DayOfWeek[] Days = [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7))];

    /// <summary>The hours, in one line.</summary>
    public static string Words(Schedule schedule) => schedule.Pattern.Count == 0
        ? $"{DaysOf(schedule)}, {DayText.Clock(schedule.Start)} to {DayText.Clock(schedule.End)}"
        : schedule.PatternWeeks > 1 ? $"{schedule.PatternWeeks} weeks in turn" : "hours by day";

    /// <summary>What else there is to say of it.</summary>
    public static IEnumerable<string> Facts(Schedule schedule) => ((string?[])
    [
        schedule.IsExempt ? "nobody is missed" : null,
        schedule.Flexible is { } flexible ? $"{DayText.Minutes(flexible.Target)} a day by choice" : null,
        schedule.Break > TimeSpan.Zero ? $"{schedule.Break.TotalMinutes:0} min break" : null,
        schedule.Hours == HoursRule.EveryPair ? "each stay counts" : "from the first look to the last",
        schedule.LateGrace > TimeSpan.Zero ? $"late after {schedule.LateGrace.TotalMinutes:0} min" : null,
        schedule.TimeZone,
    ]).OfType<string>();

    /// <summary>The weeks, drawn as bars: a row for each day. What they show is in the words, too.</summary>
    public static string Draw(Schedule schedule)
    {
        var weeks = schedule.Pattern.Count == 0 ? 1 : schedule.PatternWeeks;
        var above = weeks > 1 ? 1 : 0; // Beside the week's name in the editor.
        var (width, height) = (HoursDrawn * HourWidth, weeks * (Days.Length + above) * RowHeight);
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"week\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        for (var hour = 0; hour <= HoursDrawn; hour += 6)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"hour\" d=\"M{hour * HourWidth} 0V{height}\"/>");
        }

        for (var week = 0; week < weeks; week++)
        {
            for (var day = 0; day < Days.Length; day++)
            {
                var top = ((week * (Days.Length + above)) + above + day) * RowHeight;
                foreach (var (start, end) in HoursOf(schedule, week, Days[day]))
                {
                    var (from, to) = (start.ToTimeSpan().TotalHours, end.ToTimeSpan().TotalHours);
                    to = to <= from ? to + 24 : to;
                    svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{from * HourWidth:0.#}\" y=\"{top + 1}\" ");
                    svg.Append(CultureInfo.InvariantCulture, $"width=\"{(to - from) * HourWidth:0.#}\" height=\"{RowHeight - 2}\"/>");
                }
            }
        }

        return svg.Append("</svg>").ToString();
    }

    private static IEnumerable<(TimeOnly Start, TimeOnly End)> HoursOf(Schedule schedule, int week, DayOfWeek day) =>
        schedule.Pattern.Count > 0
            ? schedule.Pattern.Where(hours => hours.Week == week && hours.Day == day).Select(hours => (hours.Start, hours.End))
            : schedule.Weekdays.HasFlag((Weekdays)(1 << Array.IndexOf(Days, day))) ? [(schedule.Start, schedule.End)] : [];

    private static string DaysOf(Schedule schedule) => schedule.Weekdays switch
    {
        Weekdays.MondayToFriday => "Monday to Friday",
        Weekdays.All => "every day",
        Weekdays.None => "no day",
        _ => string.Join(", ", Days.Where((_, i) => schedule.Weekdays.HasFlag((Weekdays)(1 << i))).Select(day => day.ToString()[..3])),
    };
}

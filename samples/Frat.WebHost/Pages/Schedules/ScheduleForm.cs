using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost.Pages.Schedules;

/// <summary>
/// A schedule as the editor sends it. Each day of each week is a text such as <c>09:00-17:00</c> or <c>10:00-14:00, 18:00-22:00</c>; an
/// empty one is a day off.
/// </summary>
internal sealed class ScheduleForm : NoteForm
{
    /// <summary>How many weeks the editor shows; by the API a pattern may have more.</summary>
    public const int MostWeeks = 12;

    private const int DaysPerWeek = 7;

    private static readonly DayOfWeek[] Days = [.. Enumerable.Range(1, DaysPerWeek).Select(day => (DayOfWeek)(day % DaysPerWeek))];

    [FromForm(Name = "id")]
    public Guid Id { get; init; }

    [FromForm(Name = "name")]
    public string? Name { get; init; }

    [FromForm(Name = "zone")]
    public string? Zone { get; init; }

    [FromForm(Name = "weeks")]
    public int Weeks { get; init; } = 1;

    [FromForm(Name = "first")]
    public string? First { get; init; }

    /// <summary>Week by week, Monday first.</summary>
    [FromForm(Name = "hours")]
    public string?[] Hours { get; init; } = [];

    [FromForm(Name = "break")]
    public int Break { get; init; }

    [FromForm(Name = "break-after")]
    public string? BreakAfter { get; init; }

    [FromForm(Name = "counting")]
    public HoursRule Counting { get; init; }

    [FromForm(Name = "direction")]
    public DirectionRule Direction { get; init; }

    [FromForm(Name = "from-start")]
    public bool CountsFromStart { get; init; }

    [FromForm(Name = "late")]
    public int LateGrace { get; init; }

    [FromForm(Name = "early")]
    public int EarlyGrace { get; init; }

    [FromForm(Name = "half-below")]
    public string? HalfDayBelow { get; init; }

    [FromForm(Name = "absent-below")]
    public string? AbsentBelow { get; init; }

    [FromForm(Name = "exempt")]
    public bool IsExempt { get; init; }

    [FromForm(Name = "target")]
    public string? Target { get; init; }

    [FromForm(Name = "core-start")]
    public string? CoreStart { get; init; }

    [FromForm(Name = "core-end")]
    public string? CoreEnd { get; init; }

    [FromForm(Name = "tolerance")]
    public int Tolerance { get; init; }

    [FromForm(Name = "round-to")]
    public int RoundTo { get; init; }

    [FromForm(Name = "rounding")]
    public HoursRounding Rounding { get; init; }

    [FromForm(Name = "night-start")]
    public string? NightStart { get; init; }

    [FromForm(Name = "night-end")]
    public string? NightEnd { get; init; }

    [FromForm(Name = "window-before")]
    public string? WindowBefore { get; init; }

    [FromForm(Name = "window-after")]
    public string? WindowAfter { get; init; }

    [FromForm(Name = "duplicates")]
    public int Duplicates { get; init; } = 60;

    [FromForm(Name = "calendar")]
    public Guid? Calendar { get; init; }

    /// <summary>The text of a day's hours.</summary>
    public string? HoursOf(int week, int day) => Hours.ElementAtOrDefault((week * DaysPerWeek) + day);

    public static ScheduleForm Of(Schedule schedule) => new()
    {
        Id = schedule.Id,
        Name = schedule.Name,
        Zone = schedule.TimeZone,
        Weeks = schedule.PatternWeeks,
        First = schedule.PatternStart is { } first ? DayText.Iso(first) : null,
        Hours = [.. Enumerable.Range(0, schedule.PatternWeeks).SelectMany(week => Days.Select(day => TextOf(schedule, week, day)))],
        Break = (int)schedule.Break.TotalMinutes,
        BreakAfter = DayText.Minutes(schedule.BreakAfter),
        Counting = schedule.Hours,
        Direction = schedule.Direction,
        CountsFromStart = schedule.CountsFromStart,
        LateGrace = (int)schedule.LateGrace.TotalMinutes,
        EarlyGrace = (int)schedule.EarlyGrace.TotalMinutes,
        HalfDayBelow = TextOf(schedule.HalfDayBelow),
        AbsentBelow = TextOf(schedule.AbsentBelow),
        IsExempt = schedule.IsExempt,
        Target = TextOf(schedule.Flexible?.Target),
        CoreStart = TextOf(schedule.Flexible?.CoreStart),
        CoreEnd = TextOf(schedule.Flexible?.CoreEnd),
        Tolerance = (int)schedule.BalanceTolerance.TotalMinutes,
        RoundTo = (int)schedule.RoundTo.TotalMinutes,
        Rounding = schedule.Rounding,
        NightStart = TextOf(schedule.NightStart),
        NightEnd = TextOf(schedule.NightEnd),
        WindowBefore = DayText.Minutes(schedule.WindowBefore),
        WindowAfter = DayText.Minutes(schedule.WindowAfter),
        Duplicates = (int)schedule.DuplicateInterval.TotalSeconds,
        Calendar = schedule.HolidayCalendarId,
    };

    /// <summary>The schedule, or what is wrong with it; what its parts are to each other is checked by the rules.</summary>
    public (Schedule? Schedule, string? Problem) ToSchedule()
    {
        if (Weeks is < 1 or > MostWeeks)
        {
            return (null, $"A schedule has 1 to {MostWeeks} weeks here.");
        }

        var pattern = new List<ShiftHours>();
        for (var i = 0; i < Math.Min(Hours.Length, Weeks * DaysPerWeek); i++)
        {
            var (week, day) = (i / DaysPerWeek, Days[i % DaysPerWeek]);
            if (ReadParts(Hours[i]) is not { } parts)
            {
                return (null, $"The hours of {day}{(Weeks > 1 ? $" in week {week + 1}" : "")} can’t be read. Write them as 09:00-17:00.");
            }

            pattern.AddRange(parts.Select(part => new ShiftHours { Week = week, Day = day, Start = part.Start, End = part.End }));
        }

        if (pattern.Count == 0)
        {
            return (null, "Write the hours of one day at least.");
        }

        return TooLong() is { } problem ? (null, problem) : (Of(pattern), null);
    }

    private string? TooLong()
    {
        foreach (var (name, text) in new[]
        {
            ("break is deducted after", BreakAfter), ("half day", HalfDayBelow), ("absence", AbsentBelow), ("target", Target),
            ("time before the start", WindowBefore), ("time after the end", WindowAfter),
        })
        {
            if (!string.IsNullOrWhiteSpace(text) && ReadLength(text) is null)
            {
                return $"Write the {name} as hours and minutes, such as 7:30.";
            }
        }

        foreach (var (name, text) in new[]
        {
            ("core time’s start", CoreStart), ("core time’s end", CoreEnd), ("night’s start", NightStart), ("night’s end", NightEnd),
        })
        {
            if (!string.IsNullOrEmpty(text) && StandardHours.Read(text) is null)
            {
                return $"Write the {name} as HH:MM.";
            }
        }

        return !string.IsNullOrEmpty(First) && Date(First) is null ? "Write the date in the first week." : null;
    }

    private Schedule Of(List<ShiftHours> pattern)
    {
        // One start and one end on some days of the week is what most schedules are, and what programs read easily.
        var first = pattern[0];
        var isPlain = Weeks == 1
            && pattern.TrueForAll(hours => (hours.Start, hours.End) == (first.Start, first.End))
            && pattern.DistinctBy(hours => hours.Day).Count() == pattern.Count;
        return new Schedule
        {
            Id = Id == Guid.Empty ? Guid.CreateVersion7() : Id,
            Name = (Name ?? "").Trim(),
            TimeZone = (Zone ?? "").Trim(),
            Start = first.Start,
            End = first.End,
            Weekdays = pattern.Aggregate(Weekdays.None, (all, hours) => all | Flag(hours.Day)),
            Pattern = isPlain ? [] : pattern,
            PatternWeeks = Weeks,
            PatternStart = Weeks == 1 ? null : Date(First),
            Break = TimeSpan.FromMinutes(Break),
            BreakAfter = ReadLength(BreakAfter) ?? TimeSpan.Zero,
            Hours = Counting,
            Direction = Direction,
            CountsFromStart = CountsFromStart,
            LateGrace = TimeSpan.FromMinutes(LateGrace),
            EarlyGrace = TimeSpan.FromMinutes(EarlyGrace),
            HalfDayBelow = ReadLength(HalfDayBelow),
            AbsentBelow = ReadLength(AbsentBelow),
            IsExempt = IsExempt,
            Flexible = ReadLength(Target) is { } target
                ? new FlexibleHours { Target = target, CoreStart = StandardHours.Read(CoreStart), CoreEnd = StandardHours.Read(CoreEnd) }
                : null,
            BalanceTolerance = TimeSpan.FromMinutes(Tolerance),
            RoundTo = TimeSpan.FromMinutes(RoundTo),
            Rounding = Rounding,
            NightStart = StandardHours.Read(NightStart),
            NightEnd = StandardHours.Read(NightEnd),
            WindowBefore = ReadLength(WindowBefore) ?? TimeSpan.Zero,
            WindowAfter = ReadLength(WindowAfter) ?? TimeSpan.Zero,
            DuplicateInterval = TimeSpan.FromSeconds(Duplicates),
            HolidayCalendarId = Calendar,
        };
    }

    private static string TextOf(Schedule schedule, int week, DayOfWeek day)
    {
        if (schedule.Pattern.Count == 0)
        {
            return schedule.Weekdays.HasFlag(Flag(day)) ? Text(schedule.Start, schedule.End) : "";
        }

        return string.Join(", ", schedule.Pattern.Where(hours => hours.Week == week && hours.Day == day).OrderBy(hours => hours.Start)
            .Select(hours => Text(hours.Start, hours.End)));

        static string Text(TimeOnly start, TimeOnly end) => $"{StandardHours.Write(start)}-{StandardHours.Write(end)}";
    }

    private static List<(TimeOnly Start, TimeOnly End)>? ReadParts(string? text)
    {
        var parts = new List<(TimeOnly, TimeOnly)>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-', '–', '—');
            if (ends.Length != 2 || ReadTime(ends[0]) is not { } start || ReadTime(ends[1]) is not { } end)
            {
                return null;
            }

            parts.Add((start, end));
        }

        return parts;
    }

    // Also as people write it: 9-17, 9:30-17.
    private static TimeOnly? ReadTime(string text) =>
        TimeOnly.TryParseExact(
            text.Trim(), ["H:mm", "HH:mm", "%H", "HH"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static TimeSpan? ReadLength(string? text)
    {
        var parts = (text ?? "").Trim().Split(':');
        return parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours <= 24
            && int.TryParse(parts.ElementAtOrDefault(1) ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && minutes < 60
                ? new TimeSpan(hours, minutes, 0)
                : null;
    }

    private static Weekdays Flag(DayOfWeek day) => (Weekdays)(1 << Array.IndexOf(Days, day));

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, DayText.IsoFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static string? TextOf(TimeSpan? length) => length is { } some ? DayText.Minutes(some) : null;

    private static string? TextOf(TimeOnly? time) => time is { } some ? StandardHours.Write(some) : null;
}

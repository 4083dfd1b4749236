using System.Globalization;

namespace Frat.WebHost;

/// <summary>The hours that most people work here, as the set-up asks for them. Immutable.</summary>
internal sealed record StandardHours
{
    public const int MaxBreakMinutes = 240;
    public const int MaxGraceMinutes = 120;

    private const string ClockFormat = "HH:mm";
    private static readonly TimeSpan BreakAfter = TimeSpan.FromHours(6);

    /// <summary>What the form begins with: Monday to Friday, 09:00 to 17:00, half an hour's break, 5 minutes' grace.</summary>
    public static StandardHours Start0900 { get; } = new();

    public Weekdays Days { get; init; } = Weekdays.MondayToFriday;

    public TimeOnly Start { get; init; } = new(9, 0);

    /// <summary>Not after <see cref="Start"/>: on the next day.</summary>
    public TimeOnly End { get; init; } = new(17, 0);

    public int BreakMinutes { get; init; } = 30;

    /// <summary>How late is not late.</summary>
    public int GraceMinutes { get; init; } = 5;

    /// <summary>
    /// Whether people check out for their breaks, so that each look is a going or a coming. Else the day goes from the first look to the
    /// last one, and the break is deducted.
    /// </summary>
    public bool ChecksOutForBreaks { get; init; }

    /// <summary>Of a schedule, as far as the form tells.</summary>
    public static StandardHours Of(Schedule schedule) => new()
    {
        Days = schedule.Weekdays,
        Start = schedule.Start,
        End = schedule.End,
        BreakMinutes = (int)schedule.Break.TotalMinutes,
        GraceMinutes = (int)schedule.LateGrace.TotalMinutes,
        ChecksOutForBreaks = schedule.Hours == HoursRule.EveryPair,
    };

    /// <summary>Whether a schedule has these hours, and none that the form doesn't tell.</summary>
    public bool AreOf(Schedule schedule) =>
        Of(schedule) == this && schedule is { Pattern.Count: 0, Flexible: null, IsExempt: false };

    /// <summary>A time of the form.</summary>
    /// <returns>Null when it is none.</returns>
    public static TimeOnly? Read(string? text) =>
        TimeOnly.TryParseExact(text, ClockFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>For a field of the form.</summary>
    public static string Write(TimeOnly time) => time.ToString(ClockFormat, CultureInfo.InvariantCulture);

    /// <summary>What is wrong with them; null when nothing is.</summary>
    public string? Problem() =>
        Days == Weekdays.None ? "Choose the days on which people work."
        : BreakMinutes is < 0 or > MaxBreakMinutes ? $"The break is 0 to {MaxBreakMinutes} minutes."
        : GraceMinutes is < 0 or > MaxGraceMinutes ? $"The grace is 0 to {MaxGraceMinutes} minutes."
        : TimeSpan.FromMinutes(BreakMinutes) >= Length ? "The break is as long as the day."
        : null;

    /// <summary>The schedule of these hours.</summary>
    /// <param name="basis">The one that holds so far, whose other settings, such as the holidays, stay; null for none.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="zone">The site's zone.</param>
    public Schedule ToSchedule(Schedule? basis, string name, string zone)
    {
        var schedule = basis ?? new Schedule { Name = name, TimeZone = zone, Start = Start, End = End };
        var rest = Length - TimeSpan.FromMinutes(BreakMinutes);
        return schedule with
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            TimeZone = zone,
            Weekdays = Days,
            Pattern = [],
            PatternWeeks = 1,
            PatternStart = null,
            Flexible = null,
            IsExempt = false,
            Start = Start,
            End = End,
            Break = TimeSpan.FromMinutes(BreakMinutes),
            BreakAfter = rest < BreakAfter ? rest : BreakAfter, // A short day has its break, too.
            LateGrace = TimeSpan.FromMinutes(GraceMinutes),
            Hours = ChecksOutForBreaks ? HoursRule.EveryPair : HoursRule.FirstInLastOut,
        };
    }

    private TimeSpan Length => End > Start ? End - Start : End - Start + (End == Start ? TimeSpan.FromDays(1) : TimeSpan.Zero);
}

using Frat.WebHost.Pages.Schedules;

namespace Frat.WebHost.Tests;

/// <summary>The editor keeps what a schedule has, and says what it can't read.</summary>
public sealed class ScheduleFormTests
{
    private static readonly Schedule Office = new()
    {
        Name = "Office",
        TimeZone = "Europe/Berlin",
        Start = new(9, 0),
        End = new(17, 30),
    };

    public static TheoryData<Schedule> Schedules { get; } =
    [
        Office,
        Office with
        {
            Weekdays = Weekdays.Sunday | Weekdays.Wednesday,
            Break = TimeSpan.FromMinutes(45),
            BreakAfter = TimeSpan.FromHours(6),
            Hours = HoursRule.EveryPair,
            Direction = DirectionRule.Device,
            CountsFromStart = true,
            LateGrace = TimeSpan.FromMinutes(3),
            EarlyGrace = TimeSpan.FromMinutes(4),
            HalfDayBelow = TimeSpan.FromMinutes(250),
            AbsentBelow = TimeSpan.FromMinutes(90),
            IsExempt = true,
            BalanceTolerance = TimeSpan.FromMinutes(9),
            RoundTo = TimeSpan.FromMinutes(15),
            Rounding = HoursRounding.Up,
            NightStart = new(22, 0),
            NightEnd = new(6, 0),
            WindowBefore = TimeSpan.FromMinutes(45),
            WindowAfter = TimeSpan.FromHours(12),
            DuplicateInterval = TimeSpan.FromSeconds(7),
            HolidayCalendarId = Guid.NewGuid(),
        },
        Office with { Flexible = new() { Target = TimeSpan.FromHours(7.5), CoreStart = new(10, 0) } },
        Office with
        {
            Start = new(6, 0),
            End = new(14, 0),
            Weekdays = Weekdays.Monday | Weekdays.Sunday,
            PatternWeeks = 2,
            PatternStart = new(2026, 3, 4),
            Pattern =
            [
                new() { Day = DayOfWeek.Monday, Start = new(6, 0), End = new(14, 0) },
                new() { Day = DayOfWeek.Sunday, Start = new(8, 0), End = new(12, 0) },
                new() { Day = DayOfWeek.Sunday, Start = new(18, 0), End = new(2, 0) },
                new() { Week = 1, Day = DayOfWeek.Monday, Start = new(22, 0), End = new(6, 0) },
            ],
        },
    ];

    [Theory]
    [MemberData(nameof(Schedules), DisableDiscoveryEnumeration = true)]
    public void Schedule_ThroughTheForm_IsTheSame(Schedule schedule)
    {
        var (read, problem) = ScheduleForm.Of(schedule).ToSchedule();

        problem.ShouldBeNull();
        read!.Pattern.ShouldBe(schedule.Pattern);
        (read with { Pattern = schedule.Pattern }).ShouldBe(schedule);
    }

    [Theory]
    [InlineData("9-17", 9 * 60, 17 * 60)]
    [InlineData("09:30–17:15", 570, 1035)]
    [InlineData("22:00 - 06:00", 1320, 360)]
    public void Hours_AreReadAsPeopleWriteThem(string text, int start, int end)
    {
        var schedule = new ScheduleForm { Name = "a", Zone = "Etc/UTC", Hours = [text] }.ToSchedule().Schedule.ShouldNotBeNull();

        (schedule.Start, schedule.End).ShouldBe((TimeOnly.MinValue.AddMinutes(start), TimeOnly.MinValue.AddMinutes(end)));
        schedule.Weekdays.ShouldBe(Weekdays.Monday);
    }

    [Fact]
    public void Hours_ThatCannotBeRead_AreNamed()
    {
        foreach (var text in new[] { "9", "9-", "25-26", "9-17 18-20", "nine to five", "9-12-17" })
        {
            new ScheduleForm { Hours = ["", text] }.ToSchedule().Problem.ShouldNotBeNull(text)
                .ShouldContain("Tuesday", customMessage: text);
        }

        new ScheduleForm { Hours = ["", ""] }.ToSchedule().Problem.ShouldNotBeNull();
        new ScheduleForm { Hours = ["9-17"], HalfDayBelow = "many" }.ToSchedule().Problem.ShouldNotBeNull();
        new ScheduleForm { Hours = ["9-17"], NightStart = "99" }.ToSchedule().Problem.ShouldNotBeNull();
        new ScheduleForm { Hours = ["9-17"], Weeks = 99 }.ToSchedule().Problem.ShouldNotBeNull();
    }
}

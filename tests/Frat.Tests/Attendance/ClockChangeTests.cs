using System.Globalization;

namespace Frat.Tests.Attendance;

/// <summary>
/// Shifts around a change of the clock, worked out by hand. The clocks of 2026: New York goes from 02:00 to 03:00 on 8 March, and from
/// 02:00 back to 01:00 on 1 November. Lord Howe goes by half an hour: from 02:00 to 02:30 on 4 October, and from 02:00 back to 01:30 on 5
/// April. Kolkata and Kathmandu leave their clocks alone.
/// </summary>
public sealed class ClockChangeTests
{
    private const string NewYork = "America/New_York";
    private const string LordHowe = "Australia/Lord_Howe";

    // A star stands for the second time that the clock shows it. Half a day is anything below the hours that the shift's times say.
    [Theory]

    // 22:00 to 02:00 are 4 h, 03:00 to 06:00 are 3 h; the whole shift has no more.
    [InlineData(NewYork, "22:00-06:00", "2026-03-07 22:00", "2026-03-08 06:00", "Present", "07:00", 0, 0)]

    // 22:00 to 02:00 are 4 h, 01:00* to 06:00 are 5 h.
    [InlineData(NewYork, "22:00-06:00", "2026-10-31 22:00", "2026-11-01 06:00", "Present", "09:00", 0, 0)]

    // 02:30 is left out: the shift starts at 03:30. To 10:00 are 6 h 30.
    [InlineData(NewYork, "02:30-10:00", "2026-03-08 03:30", "2026-03-08 10:00", "Present", "06:30", 0, 0)]
    [InlineData(NewYork, "02:30-10:00", "2026-03-08 03:40", "2026-03-08 10:00", "HalfDay", "06:20", 10, 0)]

    // 02:30 is left out: the shift ends at 03:30. 18:00 to 02:00 are 8 h, and 03:00 is the same moment as 02:00.
    [InlineData(NewYork, "18:00-02:30", "2026-03-07 18:00", "2026-03-08 03:30", "Present", "08:30", 0, 0)]
    [InlineData(NewYork, "18:00-02:30", "2026-03-07 18:00", "2026-03-08 03:00", "HalfDay", "08:00", 0, 30)]

    // 01:30 comes twice, and the shift starts at the first. 01:30 to 01:30* is 1 h, to 09:00 are 7 h 30 more.
    [InlineData(NewYork, "01:30-09:00", "2026-11-01 01:30", "2026-11-01 09:00", "Present", "08:30", 0, 0)]
    [InlineData(NewYork, "01:30-09:00", "2026-11-01 01:30*", "2026-11-01 09:00", "Late", "07:30", 60, 0)]

    // 01:30 comes twice, and the shift ends at the first. 17:00 to 01:00 are 8 h; 01:15* is 1 h after 01:15.
    [InlineData(NewYork, "17:00-01:30", "2026-10-31 17:00", "2026-11-01 01:30", "Present", "08:30", 0, 0)]
    [InlineData(NewYork, "17:00-01:30", "2026-10-31 17:00", "2026-11-01 01:30*", "Present", "09:30", 0, 0)]
    [InlineData(NewYork, "17:00-01:30", "2026-10-31 17:00", "2026-11-01 01:15", "HalfDay", "08:15", 0, 15)]
    [InlineData(NewYork, "17:00-01:30", "2026-10-31 17:00", "2026-11-01 01:15*", "Present", "09:15", 0, 0)]

    // The same by half an hour. 22:00 to 02:00 are 4 h, 02:30 to 06:00 are 3 h 30.
    [InlineData(LordHowe, "22:00-06:00", "2026-10-03 22:00", "2026-10-04 06:00", "Present", "07:30", 0, 0)]

    // 22:00 to 02:00 are 4 h, 01:30* to 06:00 are 4 h 30.
    [InlineData(LordHowe, "22:00-06:00", "2026-04-04 22:00", "2026-04-05 06:00", "Present", "08:30", 0, 0)]

    // 02:15 is left out: the shift starts at 02:45. To 10:15 are 7 h 30.
    [InlineData(LordHowe, "02:15-10:15", "2026-10-04 02:45", "2026-10-04 10:15", "Present", "07:30", 0, 0)]
    [InlineData(LordHowe, "02:15-10:15", "2026-10-04 02:50", "2026-10-04 10:15", "HalfDay", "07:25", 5, 0)]

    // 01:45 comes twice, half an hour apart. From 01:45* to 09:45 are 8 h.
    [InlineData(LordHowe, "01:45-09:45", "2026-04-05 01:45", "2026-04-05 09:45", "Present", "08:30", 0, 0)]
    [InlineData(LordHowe, "01:45-09:45", "2026-04-05 01:45*", "2026-04-05 09:45", "Late", "08:00", 30, 0)]

    // Nothing happens in the nights in which others change their clocks.
    [InlineData("Asia/Kolkata", "22:00-06:00", "2026-03-07 22:00", "2026-03-08 06:00", "Present", "08:00", 0, 0)]
    [InlineData("Asia/Kolkata", "22:00-06:00", "2026-10-31 22:10", "2026-11-01 05:50", "HalfDay", "07:40", 10, 10)]
    [InlineData("Asia/Kathmandu", "22:00-06:00", "2026-03-28 22:00", "2026-03-29 06:00", "Present", "08:00", 0, 0)]
    [InlineData("Asia/Kathmandu", "02:30-10:30", "2026-10-04 02:30", "2026-10-04 10:30", "Present", "08:00", 0, 0)]
    public void Derive_ShiftAroundAChangeOfTheClock_IsWhatAPersonWorksOut(
        string zone, string shift, string comes, string goes, string status, string worked, int late, int early)
    {
        var facts = Shift(zone, shift);
        Punch(facts, comes);
        Punch(facts, goes);

        var day = facts.Day(Date(comes)).Day.ShouldNotBeNull();

        (
            day.Status.ToString(),
            day.Worked.ToString(@"hh\:mm", CultureInfo.InvariantCulture),
            (int)day.LateBy.TotalMinutes,
            (int)day.EarlyBy.TotalMinutes)
            .ShouldBe((status, worked, late, early));
        (day.FirstIn, day.LastOut).ShouldBe((Local(comes), Local(goes)));
    }

    [Theory]
    [InlineData("Asia/Kolkata")]
    [InlineData("Asia/Kathmandu")]
    public void Derive_EachNightWhereTheClockIsLeftAlone_HasEightHours(string zone)
    {
        for (var date = new DateOnly(2026, 1, 1); date.Year == 2026; date = date.AddDays(1))
        {
            var facts = Shift(zone, "22:00-06:00");
            Punch(facts, $"{date:O} 22:00");
            Punch(facts, $"{date.AddDays(1):O} 06:00");

            facts.Day(date).Day!.Worked.ShouldBe(TimeSpan.FromHours(8), $"{date:O}");
        }
    }

    [Fact]
    public void Derive_PairsInTheHourThatComesTwice_AreCountedByInstants()
    {
        // In 01:10, out 01:50, in 01:10*, out 01:50*: 40 minutes each, and 20 between them.
        var facts = Shift(NewYork, "00:00-08:00", schedule => schedule with { Hours = HoursRule.EveryPair });
        foreach (var time in new[] { "01:10", "01:50", "01:10*", "01:50*" })
        {
            Punch(facts, "2026-11-01 " + time);
        }

        var day = facts.Day(new(2026, 11, 1));

        day.Day!.Worked.ShouldBe(TimeSpan.FromMinutes(80));
        Facts.Roles(day).ShouldBe([PunchRole.In, PunchRole.Out, PunchRole.In, PunchRole.Out]);
    }

    [Fact]
    public void Derive_TheSameTimeOnTheWallAnHourLater_IsNoDuplicate()
    {
        var facts = Shift(NewYork, "00:00-08:00");
        Punch(facts, "2026-11-01 01:30:00");
        Punch(facts, "2026-11-01 01:30:20*");

        var day = facts.Day(new(2026, 11, 1));

        Facts.Roles(day).ShouldBe([PunchRole.In, PunchRole.Out]);
        day.Day!.Worked.ShouldBe(new TimeSpan(1, 0, 20));
    }

    [Theory]

    // 01:20 came twice; the one nearer to 01:30* is 01:20*, from which on 09:20 is 8 h away. The one nearer to 01:30 is 1 h earlier.
    [InlineData("2026-11-01 01:30*", "2026-11-01 01:20", "2026-11-01 09:20", "08:00")]
    [InlineData("2026-11-01 01:30", "2026-11-01 01:20", "2026-11-01 09:20", "09:00")]

    // 02:30 never was: it is taken as 03:30.
    [InlineData("2026-03-08 03:05", "2026-03-08 02:30", "2026-03-08 09:30", "06:00")]
    public void Derive_ACorrectionToATimeThatCameTwiceOrNever_IsWhatThePersonMeant(
        string comes, string corrected, string goes, string worked)
    {
        var facts = Shift(NewYork, "01:00-09:00");
        var punch = Punch(facts, comes);
        Punch(facts, goes);

        facts.Correct(punch, corrected);

        facts.Day(Date(comes)).Day!.Worked.ShouldBe(TimeSpan.Parse(worked, CultureInfo.InvariantCulture));
    }

    private static Facts Shift(string zone, string shift, Func<Schedule, Schedule>? change = null)
    {
        var (start, end) = (
            TimeOnly.Parse(shift[..5], CultureInfo.InvariantCulture), TimeOnly.Parse(shift[6..], CultureInfo.InvariantCulture));
        var schedule = new Schedule
        {
            Name = "Shift", TimeZone = zone, Start = start, End = end, Weekdays = Weekdays.All, HalfDayBelow = end - start
        };
        return new Facts { Zone = zone, Schedule = change is null ? schedule : change(schedule) };
    }

    private static Punch Punch(Facts facts, string time) => facts.Punch(time.TrimEnd('*'), secondTime: time.EndsWith('*'));

    private static DateTime Local(string time) => DateTime.Parse(time.TrimEnd('*'), CultureInfo.InvariantCulture);

    private static DateOnly Date(string time) => DateOnly.FromDateTime(Local(time));
}

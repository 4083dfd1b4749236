namespace Frat.Tests.Attendance;

/// <summary>
/// To which date a punch belongs, worked out by hand: cases that were wrong once (W1, W5, W6, W9, W16, W19) and their siblings. 2026-03-02
/// is a Monday.
/// </summary>
public sealed class BindingTests
{
    private static readonly Schedule Office = Facts.Office;
    private static readonly Schedule Night = Facts.Night;
    private static readonly Schedule EveryNight = Times(23, 7) with { Weekdays = Weekdays.All };
    private static readonly Schedule OfficePairs = Office with { Hours = HoursRule.EveryPair };
    private static readonly Schedule OfficeDevice = Office with { Direction = DirectionRule.Device };

    private static readonly Dictionary<string, (Facts Facts, string First, string Last, string Days)> Cases = new()
    {
        // W1: two days on which nobody is expected, in a row, and both nights worked.
        ["W1: 23-07 on two holidays"] = (
            OnHolidays(EveryNight).Came("12-25 22:58, 12-26 07:02, 12-26 22:58, 12-27 07:02"),
            "12-25",
            "12-26",
            "12-25 Present 8:04, 12-26 Present 8:04"),
        ["W1: the same, on the dot"] = (
            OnHolidays(EveryNight).Came("12-25 23:00, 12-26 07:00, 12-26 23:00, 12-27 07:00"),
            "12-25",
            "12-26",
            "12-25 Present 8:00, 12-26 Present 8:00"),
        ["W1: the same by pairs"] = (
            OnHolidays(EveryNight with { Hours = HoursRule.EveryPair }).Came("12-25 22:58, 12-26 07:02, 12-26 22:58, 12-27 07:02"),
            "12-25",
            "12-26",
            "12-25 Present 8:04, 12-26 Present 8:04"),
        ["W1: the same by the device"] = (
            OnHolidays(EveryNight with { Direction = DirectionRule.Device }).Came(
                "in 12-25 22:58, out 12-26 07:02, in 12-26 22:58, out 12-27 07:02"),
            "12-25",
            "12-26",
            "12-25 Present 8:04, 12-26 Present 8:04"),
        ["W1: the same, strict"] = (
            OnHolidays(EveryNight with { Direction = DirectionRule.Strict }).Came(
                "in 12-25 22:58, out 12-26 07:02, in 12-26 22:58, out 12-27 07:02"),
            "12-25",
            "12-26",
            "12-25 Present 8:04, 12-26 Present 8:04"),
        ["W1: 20-08 on two holidays"] = (
            OnHolidays(Times(20, 8) with { Weekdays = Weekdays.All }).Came("12-25 20:00, 12-26 08:00, 12-26 20:00, 12-27 08:00"),
            "12-25",
            "12-26",
            "12-25 Present 12:00, 12-26 Present 12:00"),
        ["W1: 22-06 on a weekend, an hour longer"] = (
            With(Night).Came("03-07 22:00, 03-08 07:00, 03-08 22:00, 03-09 07:00"),
            "03-07",
            "03-08",
            "03-07 Present 9:00, 03-08 Present 9:00"),
        ["W1: only the second of two"] = (With(Night).Came("03-08 22:00, 03-09 06:00"), "03-07", "03-08", "03-08 Present 8:00"),
        ["W1: a night and the day after it"] = (
            OnHolidays(EveryNight).Came("12-25 22:58, 12-26 07:02, 12-26 15:00, 12-26 18:00"),
            "12-25",
            "12-26",
            "12-25 Present 8:04, 12-26 Present 3:00"),

        // W19: the morning of a day off after a night.
        ["W19: a day on the day off after a night"] = (
            With(Night).Came("03-06 22:00, 03-07 06:00, 03-07 08:00, 03-07 16:00"),
            "03-06",
            "03-07",
            "03-06 Present 8:00, 03-07 Present 8:00"),
        ["W19: the same by pairs"] = (
            With(Night with { Hours = HoursRule.EveryPair }).Came(
                "03-06 22:00, 03-07 06:00, 03-07 08:00, 03-07 12:00, 03-07 13:00, 03-07 17:00"),
            "03-06",
            "03-07",
            "03-06 Present 8:00, 03-07 Present 8:00"),
        ["W19: a day on the day off after no night"] = (
            With(Night).Came("03-07 08:00, 03-07 16:00"), "03-06", "03-07", "03-06 Absent 0:00, 03-07 Present 8:00"),

        // W5: where one date's shift ends when the next one's begins.
        ["W5: a night until its end, then the other's day"] = (
            Then(Times(22, 6), Times(6, 14)).Came("03-02 22:00, 03-03 06:00"), "03-02", "03-03", "03-02 Present 8:00, 03-03 Absent 0:00"),
        ["W5: some minutes longer"] = (
            Then(Times(22, 6), Times(6, 14)).Came("03-02 22:00, 03-03 06:10"), "03-02", "03-03", "03-02 Present 8:10, 03-03 Absent 0:00"),
        ["W5: 19-07, then 07-19"] = (
            Then(Times(19, 7), Times(7, 19)).Came("03-02 19:00, 03-03 07:04"), "03-02", "03-03", "03-02 Present 12:04, 03-03 Absent 0:00"),
        ["W5: the device says out"] = (
            Then(Device(22, 6), Device(6, 14)).Came("in 03-02 22:00, out 03-03 06:20"),
            "03-02",
            "03-03",
            "03-02 Present 8:20, 03-03 Absent 0:00"),
        ["W5: strict says out"] = (
            Then(Device(22, 6, DirectionRule.Strict), Device(6, 14)).Came(
                "in 03-02 22:00, out 03-03 06:20, in 03-03 06:21, out 03-03 14:00"),
            "03-02",
            "03-03",
            "03-02 Present 8:20, 03-03 Late 7:39 late 21"),
        ["W5: a double shift with both punches"] = (
            Then(Times(22, 6), Times(6, 14)).Came("03-02 22:00, 03-03 06:00, 03-03 06:00:40, 03-03 14:00"),
            "03-02",
            "03-03",
            "03-02 Present 8:00, 03-03 Present 7:59"),
        ["W5: both punches after the end"] = (
            Then(Times(22, 6), Times(6, 14)).Came("03-02 22:00, 03-03 06:00:20, 03-03 06:00:50, 03-03 14:00"),
            "03-02",
            "03-03",
            "03-02 Present 8:00, 03-03 Present 7:59"),
        ["W5: a double shift with one punch on the dot is the night's"] = (
            Then(Times(22, 6), Times(6, 14)).Came("03-02 22:00, 03-03 06:00, 03-03 14:00"),
            "03-02",
            "03-03",
            "03-02 Present 8:00, 03-03 Incomplete 0:00 late 480"),
        ["W5: and a minute later the day's"] = (
            Then(Times(22, 6), Times(6, 14)).Came("03-02 22:00, 03-03 06:01, 03-03 14:00"),
            "03-02",
            "03-03",
            "03-02 Incomplete 0:00, 03-03 Late 7:59 late 1"),
        ["W5: the day alone"] = (
            Then(Times(22, 6), Times(6, 14)).Came("03-03 05:50, 03-03 14:00"), "03-02", "03-03", "03-02 Absent 0:00, 03-03 Present 8:10"),
        ["W5: 24 hours, then a day off"] = (
            With(Times(8, 8) with { Weekdays = Weekdays.Monday }).Came("03-02 08:00, 03-03 08:00"),
            "03-02",
            "03-03",
            "03-02 Present 24:00"),
        ["W5: 24 hours and two more"] = (
            With(Times(8, 8) with { Weekdays = Weekdays.Monday }).Came("03-02 08:00, 03-03 10:00"),
            "03-02",
            "03-03",
            "03-02 Present 26:00"),
        ["W5: 24 hours by the device, each day"] = (
            With(Device(8, 8)).Came("in 03-02 08:00, out 03-03 08:00, in 03-03 08:00, out 03-04 08:05"),
            "03-02",
            "03-03",
            "03-02 Present 24:00, 03-03 Present 24:05"),

        // W6: the first night after dates without a schedule.
        ["W6: the night before had no schedule"] = (
            From("03-02", Night).Came("03-01 22:00, 03-02 06:05, 03-02 22:00, 03-03 06:05"),
            "03-01",
            "03-02",
            "03-01 Present 8:05, 03-02 Present 8:05"),
        ["W6: seen once in the morning"] = (
            From("03-02", Night).Came("03-02 10:00, 03-02 22:00, 03-03 06:05"), "03-02", "03-02", "03-02 Present 8:05"),
        ["W6: early on the first day is of the first day"] = (
            From("03-02", Office).Came("03-02 06:20, 03-02 17:00"), "03-01", "03-02", "03-02 Present 10:40"),
        ["W6: over the end of the last day with a schedule"] = (
            Until("03-02", Office).Came("03-02 09:00, 03-03 02:30, 03-03 09:00, 03-03 12:00"),
            "03-02",
            "03-03",
            "03-02 Present 17:30, 03-03 Present 3:00"),
        ["W6: a day without a schedule begins anew"] = (
            Until("03-02", Office).Came("03-02 09:00, 03-03 09:00, 03-03 12:00"),
            "03-02",
            "03-03",
            "03-02 Incomplete 0:00, 03-03 Present 3:00"),

        // W9: work across the line.
        ["W9: until half past two"] = (
            With(Office).Came("03-02 09:00, 03-03 02:30, 03-03 09:00, 03-03 17:00"),
            "03-02",
            "03-03",
            "03-02 Present 17:30, 03-03 Present 8:00"),
        ["W9: nothing after it"] = (
            With(Office).Came("03-02 09:00, 03-03 02:30"), "03-02", "03-03", "03-02 Present 17:30, 03-03 Absent 0:00"),
        ["W9: by pairs, with a break"] = (
            With(OfficePairs).Came("03-02 09:00, 03-02 12:00, 03-02 13:00, 03-03 02:30, 03-03 09:00, 03-03 17:00"),
            "03-02",
            "03-03",
            "03-02 Present 16:30, 03-03 Present 8:00"),
        ["W9: the device says out"] = (
            With(OfficeDevice).Came("in 03-02 09:00, out 03-03 02:30, in 03-03 09:00, out 03-03 17:00"),
            "03-02",
            "03-03",
            "03-02 Present 17:30, 03-03 Present 8:00"),
        ["W9: the device says out within the next window"] = (
            With(OfficeDevice).Came("in 03-02 09:00, out 03-03 07:30, in 03-03 09:00, out 03-03 17:00"),
            "03-02",
            "03-03",
            "03-02 Present 22:30, 03-03 Present 8:00"),
        ["W9: on days off"] = (With(Office).Came("03-07 22:00, 03-08 03:30"), "03-07", "03-08", "03-07 Present 5:30"),
        ["W9: on days off by the device"] = (
            With(OfficeDevice).Came("in 03-07 22:00, out 03-08 03:30"), "03-07", "03-08", "03-07 Present 5:30"),
        ["W9: from a workday into a day off"] = (With(Office).Came("03-06 09:00, 03-07 02:30"), "03-06", "03-07", "03-06 Present 17:30"),
        ["W9: every night of a week"] = (
            With(Office).Came("03-02 09:00, 03-03 02:30, 03-03 09:00, 03-04 02:30, 03-04 09:00, 03-05 02:30, 03-05 09:00, 03-06 02:30"),
            "03-02",
            "03-05",
                "03-02 Present 17:30, 03-03 Present 17:30, 03-04 Present 17:30, 03-05 Present 17:30"),

        // And what must not change with it.
        ["early before the window, every day"] = (
            With(Office).Came("03-02 05:00, 03-02 17:00, 03-03 05:00, 03-03 17:00, 03-04 05:00, 03-04 17:00"),
            "03-02",
            "03-04",
            "03-02 Present 12:00, 03-03 Present 12:00, 03-04 Present 12:00"),
        ["early after a forgotten check-out"] = (
            With(Office).Came("03-02 09:00, 03-03 05:00, 03-03 17:00"), "03-02", "03-03", "03-02 Incomplete 0:00, 03-03 Present 12:00"),
        ["early after a day with a passage"] = (
            With(Office).Came("03-02 09:00, 03-02 12:07, 03-02 17:00, 03-03 05:00, 03-03 12:00, 03-03 17:00"),
            "03-02",
            "03-03",
            "03-02 Present 8:00, 03-03 Present 12:00"),
        ["early by pairs after a forgotten check-out"] = (
            With(OfficePairs).Came("03-02 09:00, 03-02 12:00, 03-02 13:00, 03-03 05:00, 03-03 12:00, 03-03 13:00, 03-03 17:00"),
            "03-02",
            "03-03",
            "03-02 Incomplete 3:00, 03-03 Present 11:00"),
        ["overtime before the line"] = (
            With(Office).Came("03-02 09:00, 03-02 17:00, 03-02 23:30, 03-03 09:00, 03-03 17:00"),
            "03-02",
            "03-03",
            "03-02 Present 14:30, 03-03 Present 8:00"),
        ["one look at the line"] = (
            With(Office).Came("03-02 09:00, 03-03 01:59:50, 03-03 02:00:10"), "03-02", "03-03", "03-02 Present 16:59, 03-03 Absent 0:00"),

        // W16: shifts that overlap.
        ["W16: the night of two that overlap"] = (
            Then(Times(22, 10), Times(6, 14)).Came("03-02 22:00, 03-03 10:00"), "03-02", "03-03", "03-02 Present 12:00, 03-03 Absent 0:00"),
        ["W16: a part of the night, then the day"] = (
            Then(Times(22, 10), Times(6, 14)).Came("03-02 22:00, 03-03 05:30, 03-03 06:00, 03-03 14:00"),
            "03-02",
            "03-03",
            "03-02 Present 7:30, 03-03 Present 8:00"),
        ["W16: the day alone"] = (
            Then(Times(22, 10), Times(6, 14)).Came("03-03 06:00, 03-03 14:00"), "03-02", "03-03", "03-02 Absent 0:00, 03-03 Present 8:00"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Derive_ASequenceOfPunches_GivesEachDayItsOwn(string name)
    {
        var (facts, first, last, days) = Cases[name];

        facts.Text(first, last).ShouldBe(days);
    }

    private static Facts With(Schedule schedule) => new() { Schedule = schedule };

    private static Facts From(string date, Schedule schedule) => new() { Schedule = schedule, DefaultFrom = Facts.Date(date) };

    private static Facts Until(string date, Schedule schedule) =>
        new() { Schedule = null, Assigned = { (schedule, Facts.Date("01-01"), Facts.Date(date)) } };

    private static Facts OnHolidays(Schedule schedule) => new()
    {
        Schedule = schedule, Calendar = new HolidayCalendar
        {
            Name = "Christmas",
            Holidays = [new() { Date = Facts.Date("12-25"), Name = "One" }, new() { Date = Facts.Date("12-26"), Name = "Two" }],
        },
    };

    /// <summary>One schedule on Monday, and another one from Tuesday on.</summary>
    private static Facts Then(Schedule monday, Schedule tuesday) =>
        new() { Schedule = tuesday, Assigned = { (monday, Facts.Monday, Facts.Monday) } };

    private static Schedule Device(int start, int end, DirectionRule rule = DirectionRule.Device) =>
        Times(start, end) with { Direction = rule };

    private static Schedule Times(int start, int end) => Office with { Id = Guid.NewGuid(), Start = new(start, 0), End = new(end, 0) };
}

namespace Frat.Tests.Attendance;

/// <summary>
/// What Frappe HR's own tests of shifts, check-ins and attendance expect, as facts. Where FRAT answers otherwise on purpose, the name says
/// so. 2026-03-02 is a Monday.
/// </summary>
public sealed class FrappeTests
{
    private static readonly Schedule Office = Facts.Office;
    private static readonly Schedule Pairs = Office with { Hours = HoursRule.EveryPair };

    // Eight looks, of which the first has no coming and the seventh repeats one; and five without a direction.
    private const string Said =
        "out 03-02 09:30, in 03-02 10:00, out 03-02 11:00, in 03-02 11:10, out 03-02 11:40, in 03-02 12:00, in 03-02 13:30, out 03-02 "
            + "15:00";
    private const string Unsaid = "03-02 09:30, 03-02 11:00, 03-02 11:30, 03-02 14:30, 03-02 16:00";

    private static readonly Dictionary<string, (Facts Facts, string First, string Last, string Days)> Cases = new()
    {
        ["SA7: on the dot it is of the night"] = (
            NightThenDay().Came("03-03 07:00"), "03-02", "03-03", "03-02 Incomplete 0:00 late 720, 03-03 Absent 0:00"),
        ["SA7: a minute later it is of the day"] = (
            NightThenDay().Came("03-03 07:01"), "03-02", "03-03", "03-02 Absent 0:00, 03-03 Incomplete 0:00 late 1"),
        ["SA7: the night, gone on the dot"] = (
            NightThenDay().Came("03-02 19:00, 03-03 07:00"), "03-02", "03-03", "03-02 Present 12:00, 03-03 Absent 0:00"),
        ["SA7: both, with the day's own coming"] = (
            NightThenDay().Came("03-02 19:00, 03-03 07:00, 03-03 07:01, 03-03 19:00"),
            "03-02",
            "03-03",
            "03-02 Present 12:00, 03-03 Late 11:59 late 1"),
        ["SA6: two shifts that overlap are told apart by what was worked"] = (
            Then(Times(20, 8), Times(6, 14)).Came("03-02 20:00, 03-03 06:00, 03-03 06:30, 03-03 14:00"),
            "03-02",
            "03-03",
            "03-02 Present 10:00, 03-03 Late 7:30 late 30"),

        ["EC1: alternating, first and last"] = (With(Office).Came(Unsaid), "03-02", "03-02", "03-02 Late 6:30 late 30"),
        ["EC2: alternating, every pair; FRAT says that the last is left over"] = (
            With(Pairs).Came(Unsaid), "03-02", "03-02", "03-02 Incomplete 4:30 late 30"),
        ["EC3: strict, first in and last out; FRAT says that two are left over"] = (
            With(Office with { Direction = DirectionRule.Strict }).Came(Said), "03-02", "03-02", "03-02 Incomplete 5:00 late 60"),
        ["EC4: strict, every valid pair: 1 h, 30 min and 3 h"] = (
            With(Pairs with { Direction = DirectionRule.Strict }).Came(Said), "03-02", "03-02", "03-02 Incomplete 4:30 late 60"),
        ["EC5: the device, every pair"] = (
            With(Pairs with { Direction = DirectionRule.Device }).Came(Said), "03-02", "03-02", "03-02 Incomplete 4:30 late 60"),

        ["EC10: the first night after a date without a schedule"] = (
            From("03-02", Facts.Night).Came("03-01 22:00, 03-02 06:00, 03-02 22:00, 03-03 06:05"), "03-02", "03-02", "03-02 Present 8:05"),
        ["EC10b: seen once in the morning before the first night"] = (
            From("03-02", Facts.Night).Came("03-02 10:00, 03-02 22:00, 03-03 06:05"), "03-02", "03-02", "03-02 Present 8:05"),
        ["EC11: the night after that"] = (
            From("03-02", Facts.Night).Came("03-02 10:00, 03-02 22:00, 03-03 06:05, 03-03 21:55, 03-04 06:00"),
            "03-02",
            "03-03",
            "03-02 Present 8:05, 03-03 Present 8:05"),
        ["EC12: there twice before the first night"] = (
            From("03-02", Facts.Night).Came("03-02 08:00, 03-02 09:00, 03-02 22:00, 03-03 06:05"), "03-02", "03-02", "03-02 Present 8:05"),

        ["EC21: half a day's leave, the other half missed"] = (OnLeave(Office, LeavePart.FirstHalf), "03-02", "03-02", "03-02 Absent 0:00"),
        ["LV1: a day's leave"] = (OnLeave(Office, LeavePart.FullDay), "03-02", "03-02", "03-02 OnLeave 0:00"),
        ["LV2: half a day's leave, the other half worked"] = (
            OnLeave(Office, LeavePart.SecondHalf).Came("03-02 09:00, 03-02 13:00"), "03-02", "03-02", "03-02 HalfDay 4:00"),
        ["LV3: a check-in during leave leaves the leave"] = (
            OnLeave(Office, LeavePart.FullDay).Came("03-02 09:00"), "03-02", "03-02", "03-02 OnLeave 0:00"),
        ["LV4: leave without a schedule"] = (OnLeave(null, LeavePart.FullDay), "03-02", "03-02", "03-02 OnLeave 0:00"),
        ["I36: work on a holiday"] = (OnHoliday().Came("03-02 09:00, 03-02 17:00"), "03-02", "03-02", "03-02 Present 8:00"),
        ["I11: a check-in on a holiday"] = (OnHoliday().Came("03-02 09:00"), "03-02", "03-02", "03-02 Holiday 0:00"),
        ["I25: until half past two"] = (
            With(Office).Came("03-02 09:00, 03-03 02:30, 03-03 09:00, 03-03 17:00"),
            "03-02",
            "03-03",
            "03-02 Present 17:30, 03-03 Present 8:00"),
        ["I33: hired for nights"] = (
            From("03-02", Facts.Night).Came("03-02 10:00, 03-02 21:50, 03-03 06:00"), "03-02", "03-02", "03-02 Present 8:10"),
        ["I52: a day after a night"] = (
            With(Facts.Night).Came("03-06 22:00, 03-07 06:00, 03-07 08:00, 03-07 17:00"),
            "03-06",
            "03-07",
            "03-06 Present 8:00, 03-07 Present 9:00"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Derive_AsFrappesTestsHaveIt_ComesToTheSame(string name)
    {
        var (facts, first, last, days) = Cases[name];

        facts.Text(first, last).ShouldBe(days);
    }

    private static Facts With(Schedule schedule) => new() { Schedule = schedule };

    private static Facts From(string date, Schedule schedule) => new() { Schedule = schedule, DefaultFrom = Facts.Date(date) };

    private static Facts OnHoliday() =>
        new() { Calendar = new HolidayCalendar { Name = "Holidays", Holidays = [new() { Date = Facts.Monday, Name = "One" }] } };

    private static Facts OnLeave(Schedule? schedule, LeavePart part)
    {
        var facts = new Facts { Schedule = schedule };
        facts.Leaves.Add(new Leave { PersonId = Facts.Ada.Id, From = Facts.Monday, To = Facts.Monday, Part = part });
        return facts;
    }

    // The night is assigned for Monday; the day is everybody's.
    private static Facts NightThenDay() => Then(Times(19, 7), Times(7, 19));

    private static Facts Then(Schedule monday, Schedule tuesday) =>
        new() { Schedule = tuesday, Assigned = { (monday, Facts.Monday, Facts.Monday) } };

    private static Schedule Times(int start, int end) => Office with { Id = Guid.NewGuid(), Start = new(start, 0), End = new(end, 0) };
}

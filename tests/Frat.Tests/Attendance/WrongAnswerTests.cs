namespace Frat.Tests.Attendance;

/// <summary>
/// What days came to wrongly once. BindingTests has what belongs to which date; RuleTableTests has W14; the stores' tests have W2 to W4 and
/// W17.
/// </summary>
public sealed partial class WrongAnswerTests
{
    private static readonly DateOnly Monday = Facts.Monday;
    private static readonly Schedule Strict = Facts.Office with { Direction = DirectionRule.Strict };

    // W7: half a day's leave that was worked, left early without leave, and half leave whose other half was missed are told apart.
    [Theory]
    [InlineData(LeavePart.FirstHalf, "03-02 13:00, 03-02 17:00", AttendanceStatus.HalfDay, 0.5, 0, 4, 4)]
    [InlineData(null, "03-02 09:00, 03-02 13:00", AttendanceStatus.HalfDay, 0, 0.5, 8, 4)]
    [InlineData(LeavePart.FirstHalf, "", AttendanceStatus.Absent, 0.5, 0.5, 4, 0)]
    [InlineData(LeavePart.FullDay, "", AttendanceStatus.OnLeave, 1, 0, 0, 0)]
    [InlineData(null, "", AttendanceStatus.Absent, 0, 1, 8, 0)]
    [InlineData(null, "03-02 09:00, 03-02 17:00", AttendanceStatus.Present, 0, 0, 8, 8)]
    public void Derive_LeaveAndAbsence_AreNumbersOfDays(
        LeavePart? leave, string punches, AttendanceStatus status, double leaveDays, double absentDays, int expected, int worked)
    {
        var facts = new Facts { Schedule = Facts.Office with { HalfDayBelow = TimeSpan.FromHours(6) } }.Came(punches);
        if (leave is { } part)
        {
            facts.Leaves.Add(Leave(part));
        }

        var day = facts.Day().Day.ShouldNotBeNull();

        (day.Status, (double)day.LeaveDays, (double)day.AbsentDays, day.Expected.TotalHours, day.Worked.TotalHours).ShouldBe(
            (status, leaveDays, absentDays, expected, worked));
    }

    [Theory]
    [InlineData("2026-03-28", 7, "the clock is put forward")]
    [InlineData("2026-10-24", 9, "the clock is put back")]
    [InlineData("2026-03-04", 8, "any other night")]
    public void Derive_ExpectedTimeOfANight_IsWhatTheClockLeavesOfIt(string date, int hours, string because) =>
        new Facts { Schedule = Facts.Night with { Weekdays = Weekdays.All } }.Day(
            DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture))
            .Day!.Expected.ShouldBe(TimeSpan.FromHours(hours), because);

    [Fact]
    public void Derive_ExpectedTime_IsLessTheBreakAndNothingOnADayOff()
    {
        var facts = new Facts
        {
            Schedule = Facts.Office with { Break = TimeSpan.FromMinutes(30), BreakAfter = TimeSpan.FromHours(6) }
        }.Came("03-07 09:00, 03-07 12:00");

        facts.Day().Day!.Expected.ShouldBe(TimeSpan.FromHours(7.5));
        var saturday = facts.Day(Facts.Date("03-07")).Day!;
        (saturday.Kind, saturday.Expected, saturday.Worked).ShouldBe((DayKind.DayOff, TimeSpan.Zero, TimeSpan.FromHours(3)));
    }

    // W8: one look where nobody was expected doesn't take the leave or the holiday away.
    [Theory]
    [InlineData("on leave", AttendanceStatus.OnLeave)]
    [InlineData("on a holiday", AttendanceStatus.Holiday)]
    [InlineData("on a day off", AttendanceStatus.Holiday)]
    [InlineData("on a workday", AttendanceStatus.Incomplete)]
    public void Derive_ASingleCheckIn_MakesADayIncompleteOnlyWhereSomebodyWasExpected(string when, AttendanceStatus status)
    {
        var (facts, _) = Undemanding(when);
        facts.Came("03-02 10:00");

        var day = facts.Day();

        (day.Day!.Status, day.Day.PunchCount).ShouldBe((status, 1));
        Facts.Roles(day).ShouldBe([PunchRole.Unpaired]);
    }

    [Theory]
    [InlineData("on leave", AttendanceStatus.OnLeave)]
    [InlineData("on a holiday", AttendanceStatus.Incomplete)]
    [InlineData("on a day off", AttendanceStatus.Incomplete)]
    public void Derive_WorkWithAPunchTooFew_IsLookedAtUnlessThereIsLeave(string when, AttendanceStatus status)
    {
        var (facts, schedule) = Undemanding(when);
        facts.Schedule = schedule with { Hours = HoursRule.EveryPair };
        facts.Came("03-02 10:00, 03-02 12:00, 03-02 13:00");

        var day = facts.Day().Day!;

        (day.Status, day.Worked).ShouldBe((status, TimeSpan.FromHours(2)));
    }

    [Fact]
    public void Derive_AStayOfNoLengthOnADayOffWithAPunchTooFew_IsLookedAt()
    {
        var (facts, schedule) = Undemanding("on a day off");
        facts.Schedule = schedule with { Hours = HoursRule.EveryPair, Direction = DirectionRule.Strict };

        var day = facts.Came("in 03-02 10:00, out 03-02 10:00, in 03-02 13:00").Day().Day!;

        (day.Status, day.Worked).ShouldBe((AttendanceStatus.Incomplete, TimeSpan.Zero));
    }

    // W10
    [Fact]
    public void Derive_LeaveWithoutASchedule_IsShownFromItsDateOn()
    {
        var facts = new Facts { Schedule = null, AsOf = new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero) };
        facts.Leaves.Add(new Leave { PersonId = Facts.Ada.Id, From = Monday, To = Monday.AddDays(4) });

        facts.Text("03-01", "03-07").ShouldBe("03-02 OnLeave 0:00, 03-03 OnLeave 0:00");
        var day = facts.Day().Day!;
        (day.Kind, day.Leave, day.LeaveDays, day.Expected).ShouldBe((DayKind.Unscheduled, LeavePart.FullDay, 1m, TimeSpan.Zero));
    }

    [Fact]
    public void Derive_HalfADaysLeaveWithoutASchedule_IsBesideTheHours()
    {
        var facts = new Facts { Schedule = null }.Came("03-02 13:00, 03-02 17:00");
        facts.Leaves.Add(Leave(LeavePart.FirstHalf));
        facts.Leaves.Add(Leave(LeavePart.SecondHalf) with { From = Monday.AddDays(1), To = Monday.AddDays(1) });

        facts.Text("03-01", "03-07").ShouldBe("03-02 Present 4:00, 03-03 OnLeave 0:00");
        facts.Days(Monday, Monday.AddDays(1)).Select(day => day.Day!.LeaveDays).ShouldBe([0.5m, 0.5m]);
    }

    [Fact]
    public void Derive_WithoutASchedule_HasHoursAndTheLastGoing()
    {
        var day = new Facts { Schedule = null }.Came("03-02 09:00, 03-02 12:00, 03-02 12:30, 03-02 17:15").Day();

        (day.Day!.Status, day.Day.Worked, day.Day.LastOut).ShouldBe(
            (AttendanceStatus.Present, new TimeSpan(8, 15, 0), Monday.ToDateTime(new(17, 15))));
        Facts.Roles(day).ShouldBe([PunchRole.In, PunchRole.Between, PunchRole.Between, PunchRole.Out]);
    }

    [Fact]
    public void Derive_WithoutAScheduleAndOverMidnightByTheDevice_IsOfTheDateOnWhichItBegan() =>
        new Facts { Schedule = null }.Came("in 03-02 22:00, out 03-03 06:00, in 03-03 22:00, out 03-04 06:00").Text("03-01", "03-05")
            .ShouldBe("03-02 Present 8:00, 03-03 Present 8:00");

    // W11: nobody is late for a time before they were enrolled or activated.
    [Theory]
    [InlineData("enrolled")]
    [InlineData("activated")]
    public void Derive_TheFirstDayBeginsInTheMiddleOfTheShift_IsNeitherLateNorHalf(string how)
    {
        // 10:55 in Berlin; six hours are a whole day.
        var moment = new DateTimeOffset(2026, 3, 2, 9, 55, 0, TimeSpan.Zero);
        var facts = new Facts
        {
            Schedule = Facts.Office with { HalfDayBelow = TimeSpan.FromHours(6.5), LateGrace = TimeSpan.FromMinutes(5) }
        }.Came("03-02 11:00, 03-02 17:00");
        if (how == "enrolled")
        {
            facts.Person = Facts.Ada with { EnrolledAt = moment };
        }
        else
        {
            facts.Inactive.Add(new() { From = moment.AddDays(-3), To = moment });
        }

        var day = facts.Day().Day!;

        (day.Status, day.LateBy, day.Worked).ShouldBe((AttendanceStatus.Present, TimeSpan.Zero, TimeSpan.FromHours(6)));
    }

    [Fact]
    public void Derive_DeactivatedInTheMiddleOfTheShift_IsNotEarly()
    {
        var facts = new Facts().Came("03-02 09:10, 03-02 12:00");
        facts.Inactive.Add(new() { From = new DateTimeOffset(2026, 3, 2, 11, 0, 0, TimeSpan.Zero) });

        var day = facts.Day().Day!;

        (day.Status, day.LateBy, day.EarlyBy).ShouldBe((AttendanceStatus.Late, TimeSpan.FromMinutes(10), TimeSpan.Zero));
    }

    // W15
    [Fact]
    public void Derive_AHolidayBeforeTheEnrolment_IsNobodysUnlessAScheduleWasAssignedForThen()
    {
        var calendar = new HolidayCalendar { Name = "Holidays", Holidays = [new()
        {
            Date = Monday,
            Name = "One",
        }, new()
        {
            Date = Monday.AddDays(4),
            Name = "Two",
        }] };
        var person = Facts.Ada with { EnrolledAt = new DateTimeOffset(2026, 3, 4, 6, 0, 0, TimeSpan.Zero) };

        new Facts { Calendar = calendar, Person = person }.Text("03-01", "03-06")
            .ShouldBe("03-04 Absent 0:00, 03-05 Absent 0:00, 03-06 Holiday 0:00");
        new Facts { Calendar = calendar, Person = person, Assigned = { (Facts.Office, Monday, Monday) } }.Text("03-01", "03-03")
            .ShouldBe("03-02 Holiday 0:00");
    }

    // W18
    [Fact]
    public void Derive_LeaveGrantedBeforeSomebodyLeft_EndsWhenTheyDo()
    {
        var facts = new Facts();
        facts.Leaves.Add(new Leave { PersonId = Facts.Ada.Id, From = Monday, To = Monday.AddDays(4) });
        facts.Inactive.Add(new() { From = new DateTimeOffset(2026, 3, 3, 18, 0, 0, TimeSpan.Zero) });

        facts.Text("03-01", "03-07").ShouldBe("03-02 OnLeave 0:00, 03-03 OnLeave 0:00");
        facts.Schedule = null;
        facts.Text("03-01", "03-07").ShouldBe("03-02 OnLeave 0:00, 03-03 OnLeave 0:00");
    }

    private static Leave Leave(LeavePart part) => new() { PersonId = Facts.Ada.Id, From = Monday, To = Monday, Part = part };

    private static (Facts Facts, Schedule Schedule) Undemanding(string when)
    {
        var facts = new Facts { Schedule = when == "on a day off" ? Facts.Office with { Weekdays = Weekdays.Tuesday } : Facts.Office };
        if (when == "on leave")
        {
            facts.Leaves.Add(Leave(LeavePart.FullDay));
        }

        if (when == "on a holiday")
        {
            facts.Calendar = new HolidayCalendar { Name = "Holidays", Holidays = [new() { Date = Monday, Name = "One" }] };
        }

        return (facts, facts.Schedule);
    }
}

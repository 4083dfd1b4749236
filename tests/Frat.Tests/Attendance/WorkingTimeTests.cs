namespace Frat.Tests.Attendance;

/// <summary>Hours that differ by day, parts of a day, flexible hours, the balance, and hours that are paid otherwise.</summary>
public sealed class WorkingTimeTests
{
    private static readonly Schedule Weekly = Facts.Office with
    {
        Pattern = [On(DayOfWeek.Monday, 9, 17), On(DayOfWeek.Tuesday, 7, 12), On(DayOfWeek.Friday, 22, 6)],
    };

    private static readonly Schedule Split = Facts.Office with
    {
        Hours = HoursRule.EveryPair,
        Pattern = [.. Enum.GetValues<DayOfWeek>().SelectMany(day => new[] { On(day, 10, 14), On(day, 18, 22) })],
    };

    [Fact]
    public void HoursByWeekday_AreEachDaysOwn()
    {
        var facts = new Facts { Schedule = Weekly }.Came("03-02 09:10, 03-02 17:00, 03-03 07:00, 03-03 11:30, 03-06 22:00, 03-07 06:00");

        facts.Text("03-02", "03-08").ShouldBe("03-02 Late 7:50 late 10, 03-03 Present 4:30, 03-06 Present 8:00");
        Day(facts, "03-03")!.EarlyBy.ShouldBe(TimeSpan.FromMinutes(30));
        Day(facts, "03-03")!.Expected.ShouldBe(TimeSpan.FromHours(5));
        Day(facts, "03-04").ShouldBeNull(); // A day off is no absence.
    }

    [Fact]
    public void TwoWeeks_TakeTurns_AlsoBeforeTheFirst()
    {
        var facts = new Facts
        {
            Schedule = Facts.Office with
            {
                Pattern = [On(DayOfWeek.Monday, 6, 14), On(DayOfWeek.Monday, 14, 22, week: 1)],
                PatternWeeks = 2,
                PatternStart = new(2026, 3, 4), // A Wednesday of the first week.
            },
        }.Came("03-02 06:00, 03-02 14:00, 03-09 14:30, 03-09 22:00, 02-23 14:00, 02-23 22:00");

        facts.Text("02-16", "03-16").ShouldBe(
            "02-16 Absent 0:00, 02-23 Present 8:00, 03-02 Present 8:00, 03-09 Late 7:30 late 30, 03-16 Absent 0:00");
    }

    [Theory]
    [InlineData("", "Absent 0:00", 1)]
    [InlineData("03-02 10:00, 03-02 14:00, 03-02 18:00, 03-02 22:00", "Present 8:00", 0)]
    [InlineData("03-02 10:15, 03-02 14:00, 03-02 18:05, 03-02 22:00", "Late 7:40 late 20", 0)]
    [InlineData("03-02 10:00, 03-02 14:00", "HalfDay 4:00", 0.5)]
    [InlineData("03-02 18:00, 03-02 22:00", "HalfDay 4:00", 0.5)]
    [InlineData("03-02 10:00, 03-02 14:00, 03-02 18:00", "Incomplete 4:00", 0)]
    public void TwoShiftsOfADate_AreEachJudged(string punches, string expected, decimal absent)
    {
        var facts = new Facts { Schedule = Split }.Came(punches);

        facts.Text("03-02", "03-02").ShouldBe($"03-02 {expected}");
        Day(facts, "03-02")!.AbsentDays.ShouldBe(absent);
        Day(facts, "03-02")!.Expected.ShouldBe(TimeSpan.FromHours(8));
        facts.Day().Expected.ShouldBe([Wall("10:00", "14:00"), Wall("18:00", "22:00")]);
    }

    [Fact]
    public void PauseBetweenTwoShifts_IsNoWorkFromTheFirstToTheLastLook()
    {
        var facts = new Facts { Schedule = Split with { Hours = HoursRule.FirstInLastOut } }.Came("03-02 10:00, 03-02 22:00");

        facts.Text("03-02", "03-02").ShouldBe("03-02 Present 8:00");
    }

    [Theory]
    [InlineData("03-02 07:00, 03-02 15:00", "Present 8:00", 0, 0)]
    [InlineData("03-02 10:30, 03-02 18:30", "Late 8:00 late 30", 0, 0)]
    [InlineData("03-02 10:00, 03-02 14:00", "Present 4:00", 60, -240)]
    [InlineData("03-02 07:00, 03-02 18:00", "Present 11:00", 0, 180)]
    public void FlexibleHours_AreJudgedByTheCore_AndCountTowardsTheTarget(string punches, string expected, int early, int balance)
    {
        var schedule = Facts.Office with
        {
            Start = new(6, 0),
            End = new(20, 0),
            Flexible = new() { Target = TimeSpan.FromHours(8), CoreStart = new(10, 0), CoreEnd = new(15, 0) },
        };
        var facts = new Facts { Schedule = schedule }.Came(punches);
        var day = Day(facts, "03-02")!;

        facts.Text("03-02", "03-02").ShouldBe($"03-02 {expected}");
        (day.Expected, day.EarlyBy, day.Overtime - day.Undertime)
            .ShouldBe((TimeSpan.FromHours(8), TimeSpan.FromMinutes(early), TimeSpan.FromMinutes(balance)));
    }

    [Theory]
    [InlineData("09:00", "17:20", 10, 20)]
    [InlineData("09:00", "17:10", 10, 0)]
    [InlineData("09:00", "16:50", 10, 0)]
    [InlineData("09:00", "16:30", 10, -30)]
    public void Balance_IsWhatTheToleranceLeaves(string from, string to, int tolerance, int minutes)
    {
        var facts = new Facts { Schedule = Facts.Office with { BalanceTolerance = TimeSpan.FromMinutes(tolerance) } }.With(from, to);

        (Day(facts, "03-02")!.Overtime - Day(facts, "03-02")!.Undertime).ShouldBe(TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public void Balance_OfADayThatIsNotOver_OrNobodyKnows_IsNone()
    {
        var facts = new Facts { AsOf = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero) }.With("09:00", "12:00");
        Day(facts, "03-02")!.Undertime.ShouldBe(TimeSpan.Zero);

        Day(new Facts().With("09:00"), "03-02")!.ShouldSatisfyAllConditions(
            day => day.Status.ShouldBe(AttendanceStatus.Incomplete), day => day.Undertime.ShouldBe(TimeSpan.Zero));
        Day(new Facts(), "03-02")!.Undertime.ShouldBe(TimeSpan.FromHours(8));
    }

    [Theory]
    [InlineData(HoursRounding.Nearest, "17:08", "8:15")]
    [InlineData(HoursRounding.Nearest, "17:07", "8:00")]
    [InlineData(HoursRounding.Down, "17:14", "8:00")]
    [InlineData(HoursRounding.Up, "17:01", "8:15")]
    public void Hours_AreRounded(HoursRounding rounding, string until, string expected) =>
        new Facts { Schedule = Facts.Office with { RoundTo = TimeSpan.FromMinutes(15), Rounding = rounding } }.With("09:00", until)
            .Text("03-02", "03-02").ShouldBe($"03-02 Present {expected}");

    [Fact]
    public void Hours_CountFromTheStartOn_ButOnADayOffFromTheComing()
    {
        var facts = new Facts { Schedule = Facts.Office with { CountsFromStart = true } }
            .Came("03-02 08:20, 03-02 17:30, 03-07 08:20, 03-07 12:00");

        facts.Text("03-02", "03-02").ShouldBe("03-02 Present 8:30");
        facts.Text("03-07", "03-07").ShouldBe("03-07 Present 3:40");
    }

    [Fact]
    public void NightAndHolidayHours_AreToldApart()
    {
        var facts = new Facts
        {
            Schedule = Facts.Night with { NightStart = new(23, 0), NightEnd = new(6, 0), Break = TimeSpan.FromMinutes(30) },
            Calendar = new() { Name = "c", Holidays = [new() { Date = new(2026, 3, 3), Name = "h" }] },
        }.Came("03-02 22:00, 03-03 07:00");

        var day = Day(facts, "03-02")!;
        (day.Kind, day.Worked, day.NightWorked, day.HolidayWorked)
            .ShouldBe((DayKind.Workday, TimeSpan.FromHours(8.5), TimeSpan.FromHours(7), TimeSpan.FromHours(7)));
    }

    [Fact]
    public void WhoeverIsExempt_IsNeverMissedNorLate_AndHasNoBalance()
    {
        var facts = new Facts { Schedule = Facts.Office with { IsExempt = true } }.Came("03-03 11:00, 03-03 12:00");

        facts.Text("03-02", "03-03").ShouldBe("03-03 Present 1:00");
        Day(facts, "03-03")!.ShouldSatisfyAllConditions(
            day => day.Expected.ShouldBe(TimeSpan.Zero),
            day => day.Overtime.ShouldBe(TimeSpan.Zero),
            day => day.LateBy.ShouldBe(TimeSpan.Zero));
    }

    [Fact]
    public void HolidaysOfAPerson_AreThoseOfTheAssignment()
    {
        var own = new HolidayCalendar { Name = "own", Holidays = [new() { Date = Facts.Monday, Name = "h" }] };
        var facts = new Facts { Assigned = { (Facts.Office with { Id = Guid.NewGuid() }, Facts.Monday, null) } }.ToFacts(
            Facts.Monday, Facts.Monday);
        facts = facts with { Calendars = [own], Assignments = [facts.Assignments[0] with { HolidayCalendarId = own.Id }] };

        new AttendanceRules().Derive(facts)[0].Day!.Status.ShouldBe(AttendanceStatus.Holiday);
    }

    private static AttendanceDay? Day(Facts facts, string date) => facts.Day(Facts.Date(date)).Day;

    private static ShiftSpan Wall(string from, string to) => new()
    {
        Start = Facts.Monday.ToDateTime(TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture)),
        End = Facts.Monday.ToDateTime(TimeOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static ShiftHours On(DayOfWeek day, int from, int to, int week = 0) =>
        new() { Week = week, Day = day, Start = new(from, 0), End = new(to, 0) };
}

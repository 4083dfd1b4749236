namespace Frat.Tests.Attendance;

/// <summary>Kinds of leave, leave of hours, and holidays of half a day.</summary>
public sealed class LeaveTests
{
    [Theory]
    [InlineData("09:00", "11:00", "11:00, 17:00", "Present 6:00", 0, 0)]
    [InlineData("09:00", "11:00", "11:20, 17:00", "Late 5:40 late 20", 0, -20)]
    [InlineData("15:00", "17:00", "09:00, 15:00", "Present 6:00", 0, 0)]
    [InlineData("15:00", "17:00", "09:00, 14:00", "Present 5:00", 60, -60)]
    [InlineData("12:00", "14:00", "09:00, 17:00", "Present 8:00", 0, 120)]
    public void LeaveOfHours_IsNotExpected(string from, string to, string punches, string expected, int early, int balance)
    {
        var facts = new Facts { Leaves = { Hours(from, to) } }.With(punches.Split(", "));
        var day = facts.Day().Day!;

        facts.Text("03-02", "03-02").ShouldBe($"03-02 {expected}");
        (day.Leave, day.LeaveTime, day.LeaveDays, day.Expected)
            .ShouldBe((LeavePart.Hours, TimeSpan.FromHours(2), 0m, TimeSpan.FromHours(6)));
        (day.EarlyBy, day.Overtime - day.Undertime).ShouldBe((TimeSpan.FromMinutes(early), TimeSpan.FromMinutes(balance)));
    }

    [Fact]
    public void LeaveOfHours_WhoDoesntCome_IsAbsent_UnlessItIsAllOfTheShift()
    {
        new Facts { Leaves = { Hours("09:00", "11:00") } }.Text("03-02", "03-02").ShouldBe("03-02 Absent 0:00");
        new Facts { Leaves = { Hours("08:00", "18:00") } }.Text("03-02", "03-02").ShouldBe("03-02 OnLeave 0:00");
    }

    [Fact]
    public void LeaveOfHours_InTheMorningOfANight_IsOnTheNextDate()
    {
        var facts = new Facts { Schedule = Facts.Night, Leaves = { Hours("04:00", "06:00") } }.Came("03-02 22:00, 03-03 04:00");

        facts.Text("03-02", "03-02").ShouldBe("03-02 Present 6:00");
        facts.Day().Day!.ShouldSatisfyAllConditions(
            day => day.EarlyBy.ShouldBe(TimeSpan.Zero), day => day.Expected.ShouldBe(TimeSpan.FromHours(6)));
    }

    [Fact]
    public void TwoKindsOnOneDay_AreBothKept_WhateverTheirOrder()
    {
        Leave[] leaves = [Half(LeavePart.SecondHalf, LeaveKind.Paid), Half(LeavePart.FirstHalf, LeaveKind.Sick)];
        foreach (var order in new[] { leaves, [.. leaves.Reverse()] })
        {
            var facts = new Facts();
            facts.Leaves.AddRange(order);
            var day = facts.Day().Day!;

            (day.Status, day.Leave, day.LeaveKind, day.SecondLeaveKind)
                .ShouldBe((AttendanceStatus.OnLeave, LeavePart.FullDay, LeaveKind.Sick, LeaveKind.Paid));
        }
    }

    [Theory]
    [InlineData(LeavePart.FirstHalf, "13:00, 17:00", "Present 4:00")]
    [InlineData(LeavePart.FirstHalf, "13:10, 17:00", "Late 3:50 late 10")]
    [InlineData(LeavePart.SecondHalf, "09:00, 13:00", "Present 4:00")]
    [InlineData(LeavePart.SecondHalf, "", "Absent 0:00")]
    public void HolidayOfHalfADay_LeavesTheOtherHalf(LeavePart holiday, string punches, string expected)
    {
        var facts = WithHoliday(holiday).With(punches.Split(", ", StringSplitOptions.RemoveEmptyEntries));
        var day = facts.Day().Day!;

        facts.Text("03-02", "03-02").ShouldBe($"03-02 {expected}");
        (day.Kind, day.Expected, day.AbsentDays, day.EarlyBy)
            .ShouldBe((DayKind.HalfHoliday, TimeSpan.FromHours(4), day.Status == AttendanceStatus.Absent ? 0.5m : 0, TimeSpan.Zero));
    }

    [Fact]
    public void LeaveOnHalfAHoliday_IsHalfADay()
    {
        var facts = WithHoliday(LeavePart.SecondHalf);
        facts.Leaves.Add(Half(LeavePart.FullDay, LeaveKind.Unpaid));
        var day = facts.Day().Day!;

        (day.Status, day.Leave, day.LeaveDays, day.LeaveKind, day.Expected)
            .ShouldBe((AttendanceStatus.OnLeave, LeavePart.FullDay, 0.5m, LeaveKind.Unpaid, TimeSpan.Zero));
    }

    [Fact]
    public void LeaveOfTheHolidaysHalf_IsNone()
    {
        var facts = WithHoliday(LeavePart.SecondHalf).With("09:00", "13:00");
        facts.Leaves.Add(Half(LeavePart.SecondHalf, LeaveKind.Paid));

        (facts.Day().Day!.Leave, facts.Day().Day!.Status).ShouldBe(((LeavePart?)null, AttendanceStatus.Present));
    }

    private static Facts WithHoliday(LeavePart part) => new()
    {
        Calendar = new() { Name = "c", Holidays = [new() { Date = Facts.Monday, Name = "h", Part = part }] },
    };

    private static Leave Half(LeavePart part, LeaveKind kind) =>
        new() { PersonId = Facts.Ada.Id, From = Facts.Monday, To = Facts.Monday, Part = part, Kind = kind };

    private static Leave Hours(string from, string to) => new()
    {
        PersonId = Facts.Ada.Id,
        From = Facts.Monday,
        To = Facts.Monday,
        Part = LeavePart.Hours,
        Start = TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
        End = TimeOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture),
    };
}

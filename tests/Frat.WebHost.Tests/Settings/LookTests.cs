namespace Frat.WebHost.Tests.Settings;

public sealed class LookTests
{
    private static readonly DateOnly Date = new(2026, 11, 23);

    [Theory]
    [InlineData(nameof(AttendanceMode.PresenceOnly))]
    [InlineData(nameof(AttendanceMode.InAndOut))]
    public void Of_TheFirstOfADay_IsAComing(string mode)
    {
        var look = Look.Of(Receipt(PunchDirection.In, first: "08:59", marked: true), Enum.Parse<AttendanceMode>(mode));

        (look.Kind, look.Time, look.Since, look.LateBy).ShouldBe((LookKind.In, Clock("08:59"), Clock("08:59"), TimeSpan.Zero));
    }

    [Theory]
    [InlineData(nameof(AttendanceMode.PresenceOnly))]
    [InlineData(nameof(AttendanceMode.InAndOut))]
    public void Of_TheFirstAfterTheGrace_IsLateAndSaysByHowMuch(string mode)
    {
        var look = Look.Of(Receipt(PunchDirection.In, first: "09:12", marked: true, late: 12), Enum.Parse<AttendanceMode>(mode));

        (look.Kind, look.Time, look.LateBy).ShouldBe((LookKind.Late, Clock("09:12"), TimeSpan.FromMinutes(12)));
    }

    [Fact]
    public void Of_TheSecond_IsAGoingWithHoursOnlyWhereThatWasChosen()
    {
        var receipt = Receipt(PunchDirection.Out, first: "08:59", last: "17:03", count: 2, worked: 484);

        var going = Look.Of(receipt, AttendanceMode.InAndOut);
        (going.Kind, going.Time, going.Hours, going.IsFurther)
            .ShouldBe((LookKind.Out, Clock("17:03"), new TimeSpan(8, 4, 0), false));
        var present = Look.Of(receipt, AttendanceMode.PresenceOnly);
        (present.Kind, present.Since, present.Time, present.Hours, present.Left)
            .ShouldBe((LookKind.Again, Clock("08:59"), null, null, null));
    }

    [Fact]
    public void Of_AThirdThatIsTheLastGoing_SaysThatItNeedNotBeOne()
    {
        var look = Look.Of(
            Receipt(PunchDirection.Out, first: "09:00", last: "13:00", count: 3, worked: 240), AttendanceMode.InAndOut);

        (look.Kind, look.Time, look.Hours, look.IsFurther).ShouldBe((LookKind.Out, Clock("13:00"), TimeSpan.FromHours(4), true));
    }

    [Fact]
    public void Of_AThirdThatBeginsAStay_IsAComingAtTheTimeOfTheWall()
    {
        var look = Look.Of(
            Receipt(PunchDirection.In, first: "09:00", last: "12:00", count: 3, worked: 180), AttendanceMode.InAndOut, Clock("13:00"));

        (look.Kind, look.Time, look.Since).ShouldBe((LookKind.In, Clock("13:00"), Clock("09:00")));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("17:03", "17:03")]
    public void Of_ADuplicate_SaysThatThePersonIsInOrHasGone(string? last, string? left)
    {
        var look = Look.Of(Receipt(PunchDirection.Undetermined, first: "08:59", last: last, duplicate: true), AttendanceMode.InAndOut);

        (look.Kind, look.Since, look.Left).ShouldBe((LookKind.Again, Clock("08:59"), left is null ? null : Clock(left)));
    }

    [Fact]
    public void Of_AGoingWithoutAComing_KnowsNoHours()
    {
        var look = Look.Of(Receipt(PunchDirection.Out, first: null, last: "17:03", marked: true), AttendanceMode.InAndOut);

        (look.Kind, look.Time, look.Hours).ShouldBe((LookKind.Out, Clock("17:03"), null));
    }

    private static TimeOnly? Clock(string time) => TimeOnly.ParseExact(time, "HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static PunchReceipt Receipt(
        PunchDirection direction, string? first, string? last = null, bool marked = false, bool duplicate = false, int count = 1,
        int worked = 0, int late = 0) => new()
        {
            PunchId = Guid.CreateVersion7(),
            Direction = direction,
            Marked = marked,
            Duplicate = duplicate,
            Day = new AttendanceDay
            {
                Person = new Person { Id = Guid.CreateVersion7(), EmployeeId = "E-1", Name = "Ada", EnrolledAt = TestHost.Now },
                Date = Date,
                Status = late > 0 ? AttendanceStatus.Late : AttendanceStatus.Present,
                FirstIn = first is null ? null : Date.ToDateTime(Clock(first)!.Value),
                LastOut = last is null ? null : Date.ToDateTime(Clock(last)!.Value),
                Worked = TimeSpan.FromMinutes(worked),
                LateBy = TimeSpan.FromMinutes(late),
                PunchCount = count,
            },
        };
}

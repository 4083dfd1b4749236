using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>
/// That no clock makes a wrong day or a long one: what can't be is refused, what is far off costs nobody anything, and one moment has an
/// order.
/// </summary>
public abstract class PunchClockContract : StorageContract
{
    private static readonly DateOnly Monday = Samples.Monday;
    private static readonly DateTimeOffset Now = new(Monday.AddDays(1).At(12), TimeSpan.Zero);
    private static readonly Schedule Strict = new()
    {
        Name = "Strict", TimeZone = "Europe/Berlin", Start = new(
            9, 0), End = new(17, 0), Direction = DirectionRule.Strict, Hours = HoursRule.EveryPair,
    };

    private readonly TestClock _clock = new(Now);
    private readonly CountingRules _rules = new();

    protected override void AddServices(IServiceCollection services) =>
        services.AddSingleton<TimeProvider>(_clock).AddSingleton<IAttendanceRules>(_rules);

    [Theory]
    [InlineData(8206)]
    [InlineData(2206)]
    [InlineData(2027)]
    [InlineData(1899)]
    [InlineData(206)]
    public async Task AppendAsync_AYearThatCannotBe_IsRefusedAndStoresNothing(int year)
    {
        var ada = await EnrollAsync();

        (await Should.ThrowAsync<ArgumentException>(() => Attendance.AppendAsync(Samples.Punch(ada.Id, new DateTime(year, 3, 2, 9, 0, 0)))))
            .Message.ShouldContain($"{year:0000}-03-02");

        (await CountAsync(ada)).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(8206)]
    [InlineData(2206)]
    [InlineData(2027)]
    [InlineData(1899)]
    [InlineData(206)]
    public async Task CorrectAsync_AYearThatCannotBe_IsRefusedAndChangesNothing(int year)
    {
        var ada = await EnrollAsync();
        var punch = Samples.Punch(ada.Id, Monday.At(9));
        await Attendance.AppendAsync(punch);

        (await Should.ThrowAsync<ArgumentException>(
            () => Attendance.CorrectAsync(Samples.Correction(punch.Id, new DateTime(year, 3, 2, 9, 0, 0)))))
            .Message.ShouldContain($"{year:0000}-03-02");
        await Should.ThrowAsync<ArgumentException>(
            () => Attendance.CorrectAsync(
                Samples.Correction(punch.Id, null) with { At = new DateTimeOffset(year, 3, 2, 9, 0, 0, TimeSpan.Zero) }));

        (await Attendance.ListCorrectionsAsync(punch.Id)).ShouldBeEmpty();
        (await CountAsync(ada)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task AppendAsync_AClockThatIsABitAhead_IsTaken()
    {
        var ada = await EnrollAsync();
        var last = (Now + Punch.MaxAhead).ToOffset(TimeSpan.FromHours(1)).DateTime; // Berlin's.

        (await Attendance.AppendAsync(Samples.Punch(ada.Id, last))).ShouldNotBeNull();
        await Should.ThrowAsync<ArgumentException>(() => Attendance.AppendAsync(Samples.Punch(ada.Id, last.AddSeconds(1))));
        (await Attendance.AppendAsync(Samples.Punch(ada.Id, new DateTime(1900, 1, 1, 9, 0, 0)))).ShouldNotBeNull(
            "a kiosk may send what is old");
    }

    [Theory]
    [InlineData("Europe/Berlin", 7 * 24 * 60)]
    [InlineData("Europe/Berlin", -121)]
    [InlineData("America/New_York", 0)]
    [InlineData("Mars/Olympus", 0)]
    [InlineData("W. Europe Standard Time", 0)]
    public async Task AppendAsync_AWallThatIsNotItsZones_IsRefusedAndStoresNothing(string zone, int minutesOff)
    {
        var ada = await EnrollAsync();
        var punch = Samples.Punch(ada.Id, Monday.At(9));
        var wrong = punch with { TimeZone = zone, LocalTime = punch.LocalTime.AddMinutes(minutesOff) };

        (await Should.ThrowAsync<ArgumentException>(() => Attendance.AppendAsync(wrong))).Message.ShouldContain(zone);

        (await CountAsync(ada)).ShouldBe((0, 0));
        (await Attendance.AppendAsync(punch)).ShouldNotBeNull("it was not taken before");
    }

    /// <summary>An older version took them; here the clock is in that year while they are stored.</summary>
    [Theory]
    [InlineData("a punch")]
    [InlineData("a correction")]
    public async Task EveryChange_BesideAFarDateThatIsStored_DerivesOnlyTheDaysAroundTheFacts(string far)
    {
        var ada = await EnrollAsync();
        var punch = Samples.Punch(ada.Id, Monday.At(9)) with { Method = PunchMethod.Pin };
        await Attendance.AppendAsync(punch);
        _clock.Set(new DateOnly(8206, 3, 2));
        if (far == "a punch")
        {
            (await Attendance.AppendAsync(
                Samples.Punch(ada.Id, new DateTime(8206, 3, 2, 9, 0, 0)) with { Method = PunchMethod.Pin })).ShouldNotBeNull();
        }
        else
        {
            (await Attendance.CorrectAsync(Samples.Correction(punch.Id, new DateTime(8206, 3, 2, 9, 0, 0)))).ShouldBeTrue();
        }

        _clock.Now = Now;
        var assignment = new ScheduleAssignment { Id = Guid.NewGuid(), PersonId = ada.Id, ScheduleId = Strict.Id, From = Monday };
        (string What, Func<Task> Do)[] changes =
        [
            ("a schedule", () => Schedules.SaveScheduleAsync(Strict, Samples.Note)),
            ("an open assignment", () => Schedules.SaveAssignmentAsync(assignment, Samples.Note)),
            ("everybody's schedule", () => Schedules.SetDefaultScheduleAsync(Strict.Id, Monday, Samples.Note)),
            ("a schedule again", () => Schedules.SaveScheduleAsync(Strict with { LateGrace = TimeSpan.FromMinutes(5) }, Samples.Note)),
            (
                "a leave of ten years",
                () => Schedules.SaveLeaveAsync(new Leave { PersonId = ada.Id, From = Monday, To = Monday.AddYears(10) }, Samples.Note)),
            ("not active", () => People.SetActiveAsync(ada.Id, active: false, Samples.Note)),
            ("no assignment", () => Schedules.DeleteAssignmentAsync(assignment.Id, Samples.Note)),
            ("everything", () => Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue)),
        ];
        foreach (var (what, change) in changes)
        {
            _rules.Days = 0;

            await change();
            await UntilDoneAsync();

            // Each transaction derives a part of them.
            _rules.Days.ShouldBeLessThan(60, what);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AppendAsync_TwoOfOneMoment_TheOneReceivedFirstCounts(bool greaterIdFirst)
    {
        var ada = await EnrollAsync();
        await AssignAsync(ada, Strict with { Direction = DirectionRule.Alternating });
        var (small, great) = (Guid.Parse("00000000-0000-7000-8000-000000000001"), Guid.Parse("ffffffff-ffff-7fff-bfff-ffffffffffff"));
        var first = Samples.Punch(ada.Id, Monday.At(9)) with { Id = greaterIdFirst ? great : small };
        var second = Samples.Punch(ada.Id, Monday.At(9)) with { Id = greaterIdFirst ? small : great };

        (await Attendance.AppendAsync(first))!.Duplicate.ShouldBeFalse();
        (await Attendance.AppendAsync(second))!.Duplicate.ShouldBeTrue();
        await Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.At(17)));

        (await Attendance.FindDayAsync(ada.Id, Monday))!.Punches.Select(punch => (punch.PunchId, punch.Role)).Take(2).ShouldBe(
            [(first.Id, PunchRole.In), (second.Id, PunchRole.Duplicate)]);
        (await Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AppendAsync_OutAndInAtOneMoment_AreAChangeOfProjectWhateverTheirIds(bool greaterIdFirst)
    {
        var ada = await EnrollAsync();
        await AssignAsync(ada, Strict);
        var (small, great) = (Guid.Parse("00000000-0000-7000-8000-000000000001"), Guid.Parse("ffffffff-ffff-7fff-bfff-ffffffffffff"));
        await AppendAsync(9, PunchDirection.In, Guid.NewGuid());
        await AppendAsync(12, PunchDirection.Out, greaterIdFirst ? great : small);
        await AppendAsync(12, PunchDirection.In, greaterIdFirst ? small : great);
        await AppendAsync(17, PunchDirection.Out, Guid.NewGuid());

        var day = (await Attendance.FindDayAsync(ada.Id, Monday)).ShouldNotBeNull();

        day.Punches.Select(punch => punch.Role).ShouldBe([PunchRole.In, PunchRole.Out, PunchRole.In, PunchRole.Out]);
        (day.Day!.Status, day.Day.Worked).ShouldBe((AttendanceStatus.Present, TimeSpan.FromHours(8)));

        Task AppendAsync(int hour, PunchDirection direction, Guid id) =>
            Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.At(hour)) with { Id = id, Direction = direction });
    }

    private async Task AssignAsync(Person person, Schedule schedule)
    {
        await Schedules.SaveScheduleAsync(schedule, Samples.Note);
        await Schedules.SaveAssignmentAsync(new ScheduleAssignment
        {
            Id = Guid.NewGuid(),
            PersonId = person.Id,
            ScheduleId = schedule.Id,
            From = Monday,
            To = Monday,
        }, Samples.Note);
    }

    private async Task<(int Punches, int Days)> CountAsync(Person person) =>
        ((await ReadAsync(Attendance.ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue, person.Id))).Count,
            (await ReadAsync(Attendance.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue, person.Id))).Count);
}

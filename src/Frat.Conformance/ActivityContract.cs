using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>That nobody is missed while they are not active, whatever the database.</summary>
public abstract class ActivityContract : StorageContract
{
    private static readonly DateOnly Monday = Samples.Monday;
    private static readonly DateOnly Friday = Samples.Monday.AddDays(4);

    // 08:00 to 16:00 UTC.
    private static readonly Schedule Office = new()
    {
        Name = "Office", TimeZone = "Europe/Berlin", Start = new(
            9, 0), End = new(17, 0), HalfDayBelow = TimeSpan.FromHours(4), AbsentBelow = TimeSpan.FromHours(2),
    };

    private readonly TestClock _clock = new(new DateTimeOffset(Monday.At(6), TimeSpan.Zero));

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    [Fact]
    public async Task SetActiveAsync_AWhile_NobodyIsMissedFromItsShifts()
    {
        var ada = await AssignAsync();
        await SetActiveAsync(ada, false, Monday.AddDays(1), 10);
        await SetActiveAsync(ada, true, Monday.AddDays(3), 15, 59);

        (await People.ListInactivePeriodsAsync(ada.Id)).ShouldBe(
            [new(new(Monday.AddDays(1).At(10), TimeSpan.Zero), new DateTimeOffset(Monday.AddDays(3).At(15, 59), TimeSpan.Zero))]);
        (await WeekAsync()).ShouldBe([(Monday, AttendanceStatus.Absent), (Friday, AttendanceStatus.Absent)]);
    }

    [Fact]
    public async Task SetActiveAsync_OutsideTheHours_LeavesTheShiftBeforeAndTheOneAfter()
    {
        var ada = await AssignAsync();
        await SetActiveAsync(ada, false, Monday, 16);
        await SetActiveAsync(ada, true, Monday.AddDays(2), 8);

        (await WeekAsync()).ShouldBe(
        [
            (Monday, AttendanceStatus.Absent), (Monday.AddDays(2), AttendanceStatus.Absent), (
                Monday.AddDays(3), AttendanceStatus.Absent), (Friday, AttendanceStatus.Absent),
        ]);
    }

    [Fact]
    public async Task SetActiveAsync_SeveralTimesAtOneMoment_IsAsItWasLast()
    {
        var ada = await AssignAsync();
        foreach (var active in new[] { false, true, false, true, false })
        {
            await SetActiveAsync(ada, active, Monday, 7);
        }

        (await WeekAsync()).ShouldBeEmpty();
        await SetActiveAsync(ada, true, Friday.AddDays(2), 12);
        (await WeekAsync()).ShouldBeEmpty("what was is not judged anew");
    }

    [Fact]
    public async Task AppendAsync_WhileThePersonIsNotActive_CountsAndIsNeverAnAbsence()
    {
        var ada = await AssignAsync();
        await SetActiveAsync(ada, false, Monday, 7);
        await Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.At(9, 20)) with { Method = PunchMethod.Manual });
        await Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.At(17)) with { Method = PunchMethod.Manual });
        await Attendance.AppendAsync(Samples.Punch(ada.Id, Friday.At(9)) with { Method = PunchMethod.Manual });
        await Attendance.AppendAsync(Samples.Punch(ada.Id, Friday.At(10)) with { Method = PunchMethod.Manual });

        (await WeekAsync()).ShouldBe([(Monday, AttendanceStatus.Late), (Friday, AttendanceStatus.Present)]);
    }

    [Fact]
    public async Task SetActiveAsync_HolidaysAndLeaves_AreNobodysWhoIsNotActive()
    {
        var calendar = new HolidayCalendar { Name = "Berlin", Holidays = [new(Monday.AddDays(1), "A holiday")] };
        await Schedules.SaveCalendarAsync(calendar, Samples.Note);
        var ada = await AssignAsync(Office with { HolidayCalendarId = calendar.Id });
        await SetActiveAsync(ada, false, Monday, 7);
        await Schedules.SaveLeaveAsync(new Leave { PersonId = ada.Id, From = Friday, To = Friday }, Samples.Note);

        (await WeekAsync()).ShouldBeEmpty(); // W18
    }

    [Fact]
    public async Task ForgetAsync_SomebodyWhoWasNotActive_IsForgotten()
    {
        var ada = await AssignAsync();
        await SetActiveAsync(ada, false, Monday, 7);

        (await People.ForgetAsync(ada.Id, Samples.Note)).ShouldBeTrue();

        (await WeekAsync()).ShouldBeEmpty();
    }

    private async Task<Person> AssignAsync(Schedule? schedule = null)
    {
        var person = await EnrollAsync();
        await Schedules.SaveScheduleAsync(schedule ?? Office, Samples.Note);
        await Schedules.SaveAssignmentAsync(new ScheduleAssignment(Guid.NewGuid(), person.Id, Office.Id, Monday), Samples.Note);
        return person;
    }

    private async Task SetActiveAsync(Person person, bool active, DateOnly date, int hour, int minute = 0)
    {
        _clock.Set(date, hour, minute);
        (await People.SetActiveAsync(person.Id, active, Samples.Note)).ShouldBeTrue();
    }

    private async Task<List<(DateOnly, AttendanceStatus)>> WeekAsync()
    {
        _clock.Set(Friday.AddDays(2));
        await Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue);
        return [.. (await ReadAsync(Attendance.ReadDaysAsync(Monday, Friday, order: DayOrder.EarliestFirst))).Select(
            day => (day.Date, day.Status))];
    }
}

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
            [new()
            {
                From = new(Monday.AddDays(1).At(10), TimeSpan.Zero),
                To = new DateTimeOffset(Monday.AddDays(3).At(15, 59), TimeSpan.Zero),
            }]);
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
        var calendar = new HolidayCalendar { Name = "Berlin", Holidays = [new() { Date = Monday.AddDays(1), Name = "A holiday" }] };
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

    [Fact]
    public async Task SetWorkingDaysAsync_FirstAndLast_NobodyIsMissedOutsideOfThem()
    {
        var ada = await AssignAsync();
        _clock.Set(Friday.AddDays(2));
        await Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue);
        (await DaysAsync()).Count.ShouldBe(5, "or nothing would have to change");

        (await People.SetWorkingDaysAsync(ada.Id, Monday.AddDays(1), Monday.AddDays(3), Samples.Note)).ShouldBeTrue();
        (await DaysAsync()).Select(day => day.Date).ShouldBe([Monday.AddDays(1), Monday.AddDays(2), Monday.AddDays(3)]);
        (await People.SetWorkingDaysAsync(ada.Id, null, Monday, Samples.Note)).ShouldBeTrue();
        (await DaysAsync()).Select(day => day.Date).ShouldBe([Monday]);
        (await People.SetWorkingDaysAsync(ada.Id, Friday, null, Samples.Note)).ShouldBeTrue();
        (await DaysAsync()).Select(day => day.Date).ShouldBe([Friday]);

        (await People.FindAsync(ada.Id)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            person => person.FirstDay.ShouldBe(Friday),
            person => person.LastDay.ShouldBeNull(),
            person => person.WorksOn(Friday).ShouldBeTrue(),
            person => person.WorksOn(Friday.AddDays(-1)).ShouldBeFalse());
    }

    [Fact]
    public async Task SetWorkingDaysAsync_PunchesOutsideOfThem_CountAllTheSame()
    {
        var ada = await AssignAsync();
        await People.SetWorkingDaysAsync(ada.Id, Monday.AddDays(1), Monday.AddDays(3), Samples.Note);
        foreach (var date in new[] { Monday, Friday })
        {
            _clock.Set(date, 20);
            await Attendance.AppendAsync(Samples.Punch(ada.Id, date.At(9)) with { Method = PunchMethod.Manual });
            await Attendance.AppendAsync(Samples.Punch(ada.Id, date.At(17)) with { Method = PunchMethod.Manual });
        }

        (await WeekAsync()).Select(day => day.Item2).ShouldBe(
        [
            AttendanceStatus.Present, AttendanceStatus.Absent, AttendanceStatus.Absent, AttendanceStatus.Absent, AttendanceStatus.Present,
        ]);
    }

    [Fact]
    public async Task SetWorkingDaysAsync_WrongUnknownOrTheSame_ChangesNothingAndLeavesNoTrace()
    {
        var ada = (await People.EnrollAsync(Samples.Enrollment("E-9") with { FirstDay = Monday, LastDay = Friday })).Person;
        (ada.FirstDay, ada.LastDay).ShouldBe((Monday, Friday));
        await Should.ThrowAsync<ArgumentException>(() => People.SetWorkingDaysAsync(ada.Id, Friday, Monday, Samples.Note));
        await Should.ThrowAsync<ArgumentException>(
            () => People.EnrollAsync(Samples.Enrollment("E-10") with { FirstDay = Friday, LastDay = Monday }));
        (await People.SetWorkingDaysAsync(Guid.NewGuid(), Monday, null, Samples.Note)).ShouldBeFalse();
        (await People.SetWorkingDaysAsync(ada.Id, Monday, Friday, Samples.Note)).ShouldBeTrue();
        (await ToldAsync()).ShouldBeEmpty();

        (await People.SetWorkingDaysAsync(ada.Id, null, Friday, Samples.Note)).ShouldBeTrue();

        var told = (await ToldAsync()).ShouldHaveSingleItem();
        (told.PersonId, told.Old, told.New).ShouldBe((ada.Id, "2026-03-02 to 2026-03-06", ".. to 2026-03-06"));

        async Task<List<AuditEntry>> ToldAsync() => (await ReadAsync(GetService<IAuditTrail>().ReadAsync()))
            .FindAll(entry => entry.Action == AuditActions.WorkingDaysSet);
    }

    private async Task<Person> AssignAsync(Schedule? schedule = null)
    {
        var person = await EnrollAsync();
        await Schedules.SaveScheduleAsync(schedule ?? Office, Samples.Note);
        await Schedules.SaveAssignmentAsync(new ScheduleAssignment
        {
            Id = Guid.NewGuid(),
            PersonId = person.Id,
            ScheduleId = Office.Id,
            From = Monday,
        }, Samples.Note);
        return person;
    }

    private async Task SetActiveAsync(Person person, bool active, DateOnly date, int hour, int minute = 0)
    {
        _clock.Set(date, hour, minute);
        (await People.SetActiveAsync(person.Id, active, Samples.Note)).ShouldBeTrue();
    }

    private Task<List<AttendanceDay>> DaysAsync() =>
        ReadAsync(Attendance.ReadDaysAsync(Monday, Friday, order: DayOrder.EarliestFirst));

    private async Task<List<(DateOnly, AttendanceStatus)>> WeekAsync()
    {
        _clock.Set(Friday.AddDays(2));
        await Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue);
        return [.. (await ReadAsync(Attendance.ReadDaysAsync(Monday, Friday, order: DayOrder.EarliestFirst))).Select(
            day => (day.Date, day.Status))];
    }
}

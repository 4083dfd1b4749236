using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>That nobody's absence depends on when a host ran, whatever the database.</summary>
public abstract class ClosingContract : StorageContract
{
    private static readonly DateOnly Monday = Samples.Monday;
    private static readonly DateOnly Tuesday = Monday.AddDays(1);
    private static readonly DateOnly Wednesday = Monday.AddDays(2);
    private static readonly DateOnly Thursday = Monday.AddDays(3);

    // 08:00 to 16:00 UTC; the window is over at 20:00.
    private static readonly Schedule Office = new() { Name = "Office", TimeZone = "Europe/Berlin", Start = new(9, 0), End = new(17, 0) };

    private readonly TestClock _clock = new(new DateTimeOffset(Monday.At(6), TimeSpan.Zero));

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    [Theory]
    [InlineData("assigned")]
    [InlineData("everybody's")]
    [InlineData("everybody's, and saved again")]
    public async Task Host_ThatFirstRunsDaysAfterAScriptSetASchedule_MissesWhoeverDidNotCome(string schedule)
    {
        await StopAsync(); // What is left is a script, which has the stores and no service that judges days.
        var ada = await EnrollAsync();
        await SetAsync(ada, schedule);
        _clock.Set(Thursday);

        Use(await StartHostAsync());

        await UntilAsync((Monday, AttendanceStatus.Absent), (Tuesday, AttendanceStatus.Absent), (Wednesday, AttendanceStatus.Absent));
    }

    [Fact]
    public async Task Host_ThatWasDownForDays_MissesWhoeverDidNotComeMeanwhile()
    {
        await SetAsync(await EnrollAsync(), "assigned");
        await RestartAsync(Tuesday, 19);
        await UntilAsync((Monday, AttendanceStatus.Absent));

        await RestartAsync(Thursday, 20);

        await UntilAsync(
            (Monday, AttendanceStatus.Absent),
            (Tuesday, AttendanceStatus.Absent),
            (Wednesday, AttendanceStatus.Absent),
            (Thursday, AttendanceStatus.Absent));
    }

    [Fact]
    public async Task Host_ThatFirstRunsDaysAfterALeaveWithoutASchedule_ShowsIt()
    {
        await StopAsync();
        var ada = await EnrollAsync();
        await Schedules.SaveLeaveAsync(new Leave { PersonId = ada.Id, From = Tuesday, To = Wednesday.AddDays(9) }, Samples.Note);
        _clock.Set(Wednesday, 9);

        Use(await StartHostAsync());

        await UntilAsync((Tuesday, AttendanceStatus.OnLeave), (Wednesday, AttendanceStatus.OnLeave));
    }

    [Theory]
    [InlineData("a longer window")]
    [InlineData("a later end")]
    [InlineData("a zone farther west")]
    public async Task SaveScheduleAsync_ThatOpensAClosedDayAgain_TheAbsenceComesBackWhenItIsOver(string change)
    {
        await SetAsync(await EnrollAsync(), "assigned");
        await RestartAsync(Monday, 20);
        await UntilAsync((Monday, AttendanceStatus.Absent));

        _clock.Set(Monday, 20, 30);
        await Schedules.SaveScheduleAsync(
            change switch
            {
                "a longer window" => Office with { WindowAfter = TimeSpan.FromHours(8) },
                "a later end" => Office with { End = new(20, 0) },
                _ => Office with { TimeZone = "America/New_York" },
            },
            Samples.Note);
        await UntilAsync();

        await RestartAsync(Tuesday, 3); // 22:00 in New York.
        await UntilAsync((Monday, AttendanceStatus.Absent));
        (await Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(0);
    }

    [Fact]
    public async Task Clock_ThatWasPutBack_TheAbsenceComesBackWhenTheDayIsOverByIt()
    {
        await SetAsync(await EnrollAsync(), "assigned");
        await RestartAsync(Thursday, 21);
        await UntilAsync(
            (Monday, AttendanceStatus.Absent),
            (Tuesday, AttendanceStatus.Absent),
            (Wednesday, AttendanceStatus.Absent),
            (Thursday, AttendanceStatus.Absent));

        await RestartAsync(Tuesday, 12);
        await UntilAsync((Monday, AttendanceStatus.Absent));

        await RestartAsync(Wednesday, 12);
        await UntilAsync((Monday, AttendanceStatus.Absent), (Tuesday, AttendanceStatus.Absent));
    }

    /// <summary>Of two hosts one is always a bit ahead, and clocks are put right.</summary>
    [Theory]
    [InlineData("a person's change")]
    [InlineData("a change of everybody's")]
    public async Task Clock_ThatIsMinutesBehindAnotherHosts_NoAbsenceIsLostByAChangeMeanwhile(string change)
    {
        var ada = await EnrollAsync();
        await SetAsync(ada, "assigned");
        await RestartAsync(Monday, 20);
        await UntilAsync((Monday, AttendanceStatus.Absent));

        await RestartAsync(Monday, 19, 50);
        if (change == "a person's change")
        {
            await Schedules.SaveLeaveAsync(new Leave { PersonId = ada.Id, From = Thursday, To = Thursday }, Samples.Note);
            var assignment = new ScheduleAssignment
            {
                Id = Guid.NewGuid(),
                PersonId = (await EnrollAsync("E-2")).Id,
                ScheduleId = Office.Id,
                From = Monday,
            };
            await Schedules.SaveAssignmentAsync(assignment, Samples.Note);
        }
        else
        {
            await EnrollAsync("E-2");
            await Schedules.SetDefaultScheduleAsync(Office.Id, Monday.AddDays(-1), Samples.Note);
        }

        await UntilAsync();
        await RestartAsync(Monday, 20);
        await UntilAsync(
            change == "a person's change"
                ? [(Monday, AttendanceStatus.Absent), (Monday, AttendanceStatus.Absent)]
                : [(Monday, AttendanceStatus.Absent)]);
    }

    [Fact]
    public async Task Clock_ThatIsMinutesBehindAnotherHosts_NoLeaveIsLostByAChangeMeanwhile()
    {
        // 10:00 UTC: it is Tuesday somewhere.
        var leave = new Leave { PersonId = (await EnrollAsync()).Id, From = Tuesday, To = Tuesday };
        await Schedules.SaveLeaveAsync(leave, Samples.Note);
        await RestartAsync(Monday, 10);
        await UntilAsync((Tuesday, AttendanceStatus.OnLeave));

        await RestartAsync(Monday, 9, 50);
        await Schedules.SaveLeaveAsync(leave with { Note = "again" }, Samples.Note);
        await UntilAsync();

        await RestartAsync(Monday, 10);
        await UntilAsync((Tuesday, AttendanceStatus.OnLeave));
    }

    private async Task SetAsync(Person person, string schedule)
    {
        await Schedules.SaveScheduleAsync(Office, Samples.Note);
        if (schedule == "assigned")
        {
            (await Schedules.SaveAssignmentAsync(
                new ScheduleAssignment
                {
                    Id = Guid.NewGuid(),
                    PersonId = person.Id,
                    ScheduleId = Office.Id,
                    From = Monday,
                }, Samples.Note)).ShouldBeTrue();
            return;
        }

        await Schedules.SetDefaultScheduleAsync(Office.Id, Monday, Samples.Note);
        if (schedule.EndsWith("again", StringComparison.Ordinal))
        {
            await Schedules.SaveScheduleAsync(Office with { LateGrace = TimeSpan.FromMinutes(5) }, Samples.Note);
        }
    }

    /// <summary>Another host, and no other, at another time (UTC): it looks for what is over as soon as it starts.</summary>
    private async Task RestartAsync(DateOnly date, int hour, int minute = 0)
    {
        await StopAsync();
        _clock.Set(date, hour, minute);
        Use(await StartHostAsync());
    }

    /// <summary>Waits until the days are these, and no other.</summary>
    private async Task UntilAsync(params (DateOnly, AttendanceStatus)[] expected)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var days = (await ReadAsync(Attendance.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue, order: DayOrder.EarliestFirst)))
                .ConvertAll(day => (day.Date, day.Status));
            var pending = await Schedules.CountPendingAsync();
            if (timeout.IsCancellationRequested || (days.SequenceEqual(expected) && pending == 0))
            {
                days.ShouldBe(expected);
                pending.ShouldBe(0);
                return;
            }

            await Task.Delay(50);
        }
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>What <see cref="IScheduleStore"/> promises, and that days follow it, whatever the database.</summary>
public abstract partial class ScheduleStoreContract : StorageContract
{
    private static readonly DateOnly Monday = Samples.Monday;
    private static readonly DateOnly Friday = Samples.Monday.AddDays(4);
    private static readonly AuditNote Note = new() { By = Actor.User("HR"), Reason = "A test." };
    private static readonly Schedule Office = new()
    {
        Name = "Office", TimeZone = "Europe/Berlin", Start = new(
            9, 0), End = new(17, 0), Break = TimeSpan.FromMinutes(30), BreakAfter = TimeSpan.FromHours(6),
    };

    [Fact]
    public async Task SaveScheduleAsync_EveryField_ComesBack()
    {
        var calendar = new HolidayCalendar { Name = "Berlin", Holidays = [new()
        {
            Date = Friday,
            Name = "Friday",
        }, new()
        {
            Date = Friday.AddDays(9),
            Name = "Another",
        }] };
        await Schedules.SaveCalendarAsync(calendar, Note);
        var schedule = Office with
        {
            Id = Guid.NewGuid(), Name = "夜 🌙", Start = new(
                22, 0), End = new(6, 30), Weekdays = Weekdays.Monday | Weekdays.Sunday, WindowBefore = TimeSpan.FromMinutes(45),
            WindowAfter = TimeSpan.Zero, Direction = DirectionRule.Device, Hours = HoursRule.EveryPair, HalfDayBelow = TimeSpan.FromHours(
                4), AbsentBelow = TimeSpan.FromMinutes(90),
            LateGrace = TimeSpan.FromMinutes(
                5), EarlyGrace = TimeSpan.FromMinutes(6), DuplicateInterval = TimeSpan.FromSeconds(7), HolidayCalendarId = calendar.Id,
        };

        await Schedules.SaveScheduleAsync(Office, Note);
        await Schedules.SaveScheduleAsync(schedule, Note);

        (await Schedules.ListSchedulesAsync()).ShouldBe([Office, schedule]);
        var read = (await Schedules.ListCalendarsAsync()).ShouldHaveSingleItem();
        (read.Id, read.Name).ShouldBe((calendar.Id, calendar.Name));
        read.Holidays.ShouldBe(calendar.Holidays);
    }

    [Fact]
    public async Task SaveScheduleAsync_WhatCannotBeKept_IsRefused()
    {
        await Schedules.SaveScheduleAsync(Office, Note);

        await Should.ThrowAsync<ScheduleConflictException>(() => Schedules.SaveScheduleAsync(Office with { Id = Guid.NewGuid() }, Note));
        foreach (var wrong in new[]
        {
            Office with { Name = "" }, Office with
            {
                Name = "a\ud800"
            }, Office with { TimeZone = "Mars/Olympus" }, Office with { HolidayCalendarId = Guid.NewGuid() },
            Office with { WindowAfter = TimeSpan.FromHours(13) }, Office with { LateGrace = TimeSpan.FromMilliseconds(1500) },
            Office with { HalfDayBelow = TimeSpan.FromHours(2), AbsentBelow = TimeSpan.FromHours(3) },
        })
        {
            await Should.ThrowAsync<ArgumentException>(() => Schedules.SaveScheduleAsync(wrong, Note));
        }

        await Should.ThrowAsync<ArgumentException>(() => Schedules.SaveScheduleAsync(Office, new AuditNote { By = Actor.User("") }));
        (await Schedules.ListSchedulesAsync()).ShouldBe([Office]);
    }

    [Fact]
    public async Task SaveAssignmentAsync_PastPunches_AreJudgedByIt()
    {
        var ada = await PunchAsync(Monday.At(9, 10), Monday.At(17));

        (await AssignAsync(ada, Monday, Monday.AddDays(2))).ShouldBeTrue();

        (await DaysAsync()).ShouldBe(
        [
            (Monday, AttendanceStatus.Late, 10, TimeSpan.FromMinutes(440)),
            (Monday.AddDays(1), AttendanceStatus.Absent, 0, TimeSpan.Zero),
            (Monday.AddDays(2), AttendanceStatus.Absent, 0, TimeSpan.Zero),
        ]);
        var assignment = (await ReadAsync(Schedules.ReadAssignmentsAsync(ada.Id))).ShouldHaveSingleItem();
        (await Schedules.DeleteAssignmentAsync(assignment.Id, Note)).ShouldBeTrue();
        (await DaysAsync()).ShouldBe([(Monday, AttendanceStatus.Present, 0, new TimeSpan(7, 50, 0))]);
        (await Schedules.DeleteAssignmentAsync(assignment.Id, Note)).ShouldBeFalse();
    }

    [Fact]
    public async Task SaveAssignmentAsync_NightShift_BelongsToTheDateOnWhichItStarts()
    {
        var ada = await EnrollAsync();
        await AssignAsync(
            ada,
            Monday,
            Monday,
            Office with { Id = Guid.NewGuid(), Name = "Night", Start = new(22, 0), End = new(6, 0), Break = TimeSpan.Zero });

        var comes = (await Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.At(21, 55)))).ShouldNotBeNull();
        var goes = (await Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.AddDays(1).At(6, 5)))).ShouldNotBeNull();

        (comes.Marked, comes.Day.Date).ShouldBe((true, Monday));
        (goes.Marked, goes.Day.Date, goes.Day.LastOut, goes.Day.Worked).ShouldBe(
            (false, Monday, Monday.AddDays(1).At(6, 5), new TimeSpan(8, 10, 0)));
        (await DaysAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task SaveAssignmentAsync_Overlapping_IsRefusedAndNamesTheOther()
    {
        var ada = await EnrollAsync();
        await AssignAsync(ada, Monday, Friday);

        foreach (var (from, to) in new (DateOnly, DateOnly?)[] { (
            Friday, null), (Monday.AddDays(-5), Monday), (Monday.AddDays(1), Friday), (DateOnly.MinValue, null) })
        {
            (await Should.ThrowAsync<ScheduleConflictException>(
                () => Schedules.SaveAssignmentAsync(new()
                {
                    Id = Guid.NewGuid(),
                    PersonId = ada.Id,
                    ScheduleId = Office.Id,
                    From = from,
                    To = to,
                }, Note)))
                .Message.ShouldContain("2026-03-02");
        }

        (await Schedules.SaveAssignmentAsync(new()
        {
            Id = Guid.NewGuid(),
            PersonId = ada.Id,
            ScheduleId = Office.Id,
            From = Friday.AddDays(1),
        }, Note)).ShouldBeTrue();
        (await ReadAsync(Schedules.ReadAssignmentsAsync())).Count.ShouldBe(2);
        (await Schedules.SaveAssignmentAsync(new()
        {
            Id = Guid.NewGuid(),
            PersonId = Guid.NewGuid(),
            ScheduleId = Office.Id,
            From = Monday,
        }, Note)).ShouldBeFalse();
        await Should.ThrowAsync<ArgumentException>(
            () => Schedules.SaveAssignmentAsync(new()
            {
                Id = Guid.NewGuid(),
                PersonId = ada.Id,
                ScheduleId = Guid.NewGuid(),
                From = Monday.AddDays(-9),
                To = Monday.AddDays(-8),
            }, Note));
        await Should.ThrowAsync<ArgumentException>(
            () => Schedules.SaveAssignmentAsync(new()
            {
                Id = Guid.NewGuid(),
                PersonId = ada.Id,
                ScheduleId = Office.Id,
                From = Monday,
                To = Monday.AddDays(-1),
            }, Note));
    }

    [Fact]
    public async Task SaveAssignmentAsync_OverlappingAtTheSameMomentOnTwoHosts_StoresOne()
    {
        var ada = await EnrollAsync();
        await Schedules.SaveScheduleAsync(Office, Note);
        var other = (await StartHostAsync()).Services.GetRequiredService<IScheduleStore>();

        var stored = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () =>
        {
            try
            {
                return await (i % 2 == 0 ? Schedules : other).SaveAssignmentAsync(
                    new()
                    {
                        Id = Guid.NewGuid(),
                        PersonId = ada.Id,
                        ScheduleId = Office.Id,
                        From = Monday.AddDays(i),
                        To = Friday.AddDays(i + 7),
                    }, Note);
            }
            catch (ScheduleConflictException)
            {
                return false;
            }
        })));

        stored.Count(one => one).ShouldBe(1);
        (await ReadAsync(Schedules.ReadAssignmentsAsync(ada.Id))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ForgetAsync_PersonWithScheduleAndLeave_LeavesNothing()
    {
        var ada = await PunchAsync(Monday.At(9));
        await AssignAsync(ada, Monday, null);
        await Schedules.SaveLeaveAsync(new Leave { PersonId = ada.Id, From = Monday, To = Friday }, Note);

        await ForgetAsync(ada);

        (await ReadAsync(Schedules.ReadAssignmentsAsync())).ShouldBeEmpty();
        (await ReadAsync(Schedules.ReadLeavesAsync(DateOnly.MinValue, DateOnly.MaxValue))).ShouldBeEmpty();
        (await ReadAsync(Attendance.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue))).ShouldBeEmpty();
        (await Schedules.DeleteScheduleAsync(Office.Id, Note)).ShouldBeTrue();
    }

    [Fact]
    public async Task EveryChange_LeavesALineInTheAuditTrail()
    {
        var person = await EnrollAsync();
        var calendar = new HolidayCalendar { Name = "Berlin", Holidays = [new() { Date = Monday, Name = "A holiday" }] };
        var assignment = new ScheduleAssignment { Id = Guid.NewGuid(), PersonId = person.Id, ScheduleId = Office.Id, From = Monday };
        var leave = new Leave { PersonId = person.Id, From = Monday, To = Monday, Note = "of no concern to the trail" };
        await Schedules.SaveCalendarAsync(calendar, Note);
        await Schedules.SaveScheduleAsync(Office, Note);
        await Schedules.SaveScheduleAsync(Office with { Start = new TimeOnly(7, 30) }, Note);
        await Schedules.SaveAssignmentAsync(assignment, Note);
        await Schedules.SaveLeaveAsync(leave, Note);
        await Schedules.DeleteLeaveAsync(leave.Id, Note);
        await Schedules.DeleteAssignmentAsync(assignment.Id, Note);
        await Schedules.SetDefaultScheduleAsync(Office.Id, Monday, Note);
        await Schedules.DeleteCalendarAsync(calendar.Id, Note);
        (await Schedules.DeleteLeaveAsync(leave.Id, Note)).ShouldBeFalse();

        var entries = (await ReadAsync(GetService<IAuditTrail>().ReadAsync())).SkipWhile(
            entry => entry.Action != AuditActions.CalendarSaved).ToList();

        entries.Select(entry => entry.Action).ShouldBe(
        [
            AuditActions.CalendarSaved, AuditActions.ScheduleSaved, AuditActions.ScheduleSaved, AuditActions.AssignmentSaved,
            AuditActions.LeaveSaved,
            AuditActions.LeaveDeleted, AuditActions.AssignmentDeleted, AuditActions.DefaultScheduleSet, AuditActions.CalendarDeleted,
        ]);
        entries.ShouldAllBe(entry => entry.By == Note.By && entry.Reason == Note.Reason);
        entries.Where(entry => entry.PersonId == person.Id).Select(entry => entry.Action).ShouldBe(
            [AuditActions.AssignmentSaved, AuditActions.LeaveSaved, AuditActions.LeaveDeleted, AuditActions.AssignmentDeleted]);
        (entries[1].Old, entries[2].Old).ShouldBe((null, entries[1].New));
        entries[2].New.ShouldNotBeNull().ShouldContain("07:30");
        entries.ShouldAllBe(entry => !$"{entry.Old}{entry.New}".Contains(leave.Note, StringComparison.Ordinal));
    }

    private Task<bool> ForgetAsync(Person person) => People.ForgetAsync(person.Id, Note);

    private async Task<Person> PunchAsync(params DateTime[] times)
    {
        var person = await EnrollAsync();
        foreach (var time in times)
        {
            await Attendance.AppendAsync(Samples.Punch(person.Id, time));
        }

        return person;
    }

    private async Task<bool> AssignAsync(Person person, DateOnly from, DateOnly? to, Schedule? schedule = null)
    {
        await Schedules.SaveScheduleAsync(schedule ?? Office, Note);
        return await Schedules.SaveAssignmentAsync(
            new ScheduleAssignment
            {
                Id = Guid.CreateVersion7(),
                PersonId = person.Id,
                ScheduleId = (schedule ?? Office).Id,
                From = from,
                To = to,
            }, Note);
    }

    private async Task<List<(DateOnly Date, AttendanceStatus Status, int LateMinutes, TimeSpan Worked)>> DaysAsync() =>
        [.. (await ReadAsync(Attendance.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue, order: DayOrder.EarliestFirst)))
            .Select(day => (day.Date, day.Status, (int)day.LateBy.TotalMinutes, day.Worked))];
}

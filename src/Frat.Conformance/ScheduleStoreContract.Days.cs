namespace Frat.Conformance;

public abstract partial class ScheduleStoreContract
{
    [Fact]
    public async Task SaveLeaveAsync_AnAbsence_BecomesLeaveAndBackAgain()
    {
        var ada = await EnrollAsync();
        await AssignAsync(ada, Monday, Monday);
        var leave = new Leave { PersonId = ada.Id, From = Monday.AddDays(-3), To = Monday, Note = "Summer" };

        (await Schedules.SaveLeaveAsync(leave, Note)).ShouldBeTrue();

        // W10: also on the dates without a schedule.
        (await DaysAsync()).ShouldBe(
            [.. Enumerable.Range(-3, 4).Select(day => (Monday.AddDays(day), AttendanceStatus.OnLeave, 0, TimeSpan.Zero))]);
        (await ReadAsync(Schedules.ReadLeavesAsync(Monday, Friday))).ShouldBe([leave]);
        (await ReadAsync(Schedules.ReadLeavesAsync(Monday.AddDays(1), Friday, ada.Id))).ShouldBeEmpty();
        (await Schedules.DeleteLeaveAsync(leave.Id, Note)).ShouldBeTrue();
        (await DaysAsync()).ShouldBe([(Monday, AttendanceStatus.Absent, 0, TimeSpan.Zero)]);
        (await Schedules.SaveLeaveAsync(leave with { PersonId = Guid.NewGuid() }, Note)).ShouldBeFalse();
        await Should.ThrowAsync<ArgumentException>(() => Schedules.SaveLeaveAsync(leave with { To = leave.From.AddDays(-1) }, Note));
    }

    [Fact]
    public async Task SaveCalendarAsync_ANewHoliday_IsSoonOneForWhoeverHasTheCalendar()
    {
        var calendar = new HolidayCalendar { Name = "Berlin", Holidays = [] };
        await Schedules.SaveCalendarAsync(calendar, Note);
        var ada = await PunchAsync(Monday.At(9), Monday.At(15));
        await AssignAsync(ada, Monday, Monday.AddDays(1), Office with { HolidayCalendarId = calendar.Id });

        await Schedules.SaveCalendarAsync(calendar with { Holidays = [new()
        {
            Date = Monday,
            Name = "One",
        }, new()
        {
            Date = Monday.AddDays(1),
            Name = "Two",
        }] }, Note);

        await UntilDoneAsync();
        (await DaysAsync()).ShouldBe(
            [(Monday, AttendanceStatus.Present, 0, TimeSpan.FromHours(6)), (
                Monday.AddDays(1), AttendanceStatus.Holiday, 0, TimeSpan.Zero)]);
        (await Attendance.FindDayAsync(ada.Id, Monday)).ShouldNotBeNull().Day!.Kind.ShouldBe(DayKind.Holiday);
        await Should.ThrowAsync<ScheduleConflictException>(() => Schedules.DeleteCalendarAsync(calendar.Id, Note));
    }

    [Fact]
    public async Task SaveScheduleAsync_AChangeAndTheHostStopsAtOnce_AnotherHostDerivesTheDays()
    {
        var ada = await PunchAsync(Monday.At(9, 10), Monday.At(17));
        await AssignAsync(ada, Monday, Monday);
        await Schedules.SaveScheduleAsync(Office with { LateGrace = TimeSpan.FromMinutes(15) }, Note);
        await StopAsync();

        Use(await StartHostAsync());

        await UntilDoneAsync();
        (await DaysAsync()).ShouldBe([(Monday, AttendanceStatus.Present, 0, TimeSpan.FromMinutes(440))]);
        await Should.ThrowAsync<ScheduleConflictException>(() => Schedules.DeleteScheduleAsync(Office.Id, Note));
    }

    [Fact]
    public async Task SetDefaultScheduleAsync_ForEverybody_HoldsFromItsDateAndMissesNobodyBeforeTheyWereEnrolled()
    {
        var ada = await PunchAsync(Monday.At(9, 10), Monday.At(17));
        await Attendance.AppendAsync(Samples.Punch(ada.Id, Friday.At(9, 10)));
        await Schedules.SaveScheduleAsync(Office, Note);

        await Schedules.SetDefaultScheduleAsync(Office.Id, Friday, Note);

        await UntilDoneAsync();
        (await Schedules.ListDefaultSchedulesAsync()).ShouldBe([new DefaultSchedule { From = Friday, ScheduleId = Office.Id }]);
        (await DaysAsync()).ShouldBe(
            [(Monday, AttendanceStatus.Present, 0, new TimeSpan(7, 50, 0)), (Friday, AttendanceStatus.Incomplete, 10, TimeSpan.Zero)]);
        await Schedules.SetDefaultScheduleAsync(null, Monday, Note);
        await UntilDoneAsync();
        (await DaysAsync()).ShouldBe(
            [(Monday, AttendanceStatus.Present, 0, new TimeSpan(7, 50, 0)), (Friday, AttendanceStatus.Present, 0, TimeSpan.Zero)]);
    }

    [Fact]
    public async Task AppendAsync_ScheduledDay_TellsDuplicatesAndKeepsReceipts()
    {
        var ada = await EnrollAsync();
        await AssignAsync(ada, Monday, Monday);
        var first = Samples.Punch(ada.Id, Monday.At(9));
        var again = Samples.Punch(ada.Id, Monday.At(9).AddSeconds(20));
        var last = Samples.Punch(ada.Id, Monday.At(17));

        (await Attendance.AppendAsync(first))!.Marked.ShouldBeTrue();
        var duplicate = (await Attendance.AppendAsync(again)).ShouldNotBeNull();
        var receipt = (await Attendance.AppendAsync(last)).ShouldNotBeNull();

        (duplicate.Marked, duplicate.Duplicate, duplicate.Day.PunchCount).ShouldBe((false, true, 2));
        (receipt.Duplicate, receipt.Day.Status, receipt.Day.Worked).ShouldBe((false, AttendanceStatus.Present, TimeSpan.FromHours(7.5)));
        (await Attendance.AppendAsync(again)).ShouldBe(duplicate);
        (await Attendance.AppendAsync(last)).ShouldBe(receipt);
        (await Attendance.FindDayAsync(ada.Id, Monday))!.Punches.Select(punch => (punch.PunchId, punch.Role)).ShouldBe(
            [(first.Id, PunchRole.In), (again.Id, PunchRole.Duplicate), (last.Id, PunchRole.Out)]);
        (await Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(0);
    }

    [Fact]
    public async Task CorrectAsync_Direction_IsCountedInsteadAndReadBack()
    {
        var ada = await EnrollAsync();
        await AssignAsync(ada, Monday, Monday, Office with { Direction = DirectionRule.Strict });
        var comes = Samples.Punch(ada.Id, Monday.At(9)) with { Direction = PunchDirection.In };
        var goes = Samples.Punch(ada.Id, Monday.At(15)) with { Direction = PunchDirection.In };
        await Attendance.AppendAsync(comes);
        await Attendance.AppendAsync(goes);
        (await DaysAsync()).ShouldHaveSingleItem().Status.ShouldBe(AttendanceStatus.Incomplete);

        var correction = Samples.Correction(goes.Id, Monday.At(15)) with { Direction = PunchDirection.Out };
        await Attendance.CorrectAsync(correction);

        (await DaysAsync()).ShouldBe([(Monday, AttendanceStatus.Present, 0, TimeSpan.FromHours(6))]);
        (await Attendance.ListCorrectionsAsync(goes.Id)).ShouldBe([correction]);
    }
}

namespace Frat.Conformance;

public abstract partial class RetentionContract
{
    [Fact]
    public async Task Line3_Attendance_IsDeletedByWholeMonthsAndTheRestStaysAsItWas()
    {
        var ada = await EnrollAsync();
        var grace = await EnrollAsync("E-2");
        await AssignAsync(ada, Office);
        var first = await PunchAsync(ada, NewYear.AddDays(4), 9);
        await PunchAsync(ada, NewYear.AddDays(4), 17);
        await PunchAsync(ada, February.AddDays(1), 9);
        await PunchAsync(ada, February.AddDays(1), 17);
        await PunchAsync(grace, February);
        _clock.Set(TheTenth);
        await Attendance.CorrectAsync(Samples.Correction(first.Id, NewYear.AddDays(4).At(8, 30)));

        // A punch of January that was made in February, and one of February that was made in January.
        await Attendance.CorrectAsync(Samples.Correction((await PunchAsync(ada, February.AddDays(5))).Id, NewYear.AddDays(7).At(9)));
        var moved = await PunchAsync(ada, NewYear.AddDays(8));
        await Attendance.CorrectAsync(Samples.Correction(moved.Id, February.AddDays(8).At(9)));
        await Schedules.SaveLeaveAsync(new Leave { PersonId = ada.Id, From = NewYear.AddDays(11), To = NewYear.AddDays(12) }, Samples.Note);
        await Schedules.SaveLeaveAsync(
            new Leave { PersonId = ada.Id, From = February.AddDays(-2), To = February.AddDays(2) }, Samples.Note);
        _clock.Set(TheTenth);
        await DeriveAsync();
        var before = await DaysAsync(ada);

        var dry = await Retention.ApplyAsync(Attendances, dryRun: true);

        (dry.AttendanceBefore, dry.AttendancePeople, dry.Punches, dry.Corrections, dry.Leaves).ShouldBe((February, 1, 3, 2, 1));
        dry.Days.ShouldBe(before.Count(day => day.Date < February));
        (await DaysAsync(ada)).ShouldBe(before);
        (await Retention.ApplyAsync(Attendances)).ShouldBe(dry with { DryRun = false });
        (await DaysAsync(ada)).ShouldBe(before.Where(day => day.Date >= February));
        (await DeriveAsync()).ShouldBe(0);
        (await ReadAsync(Attendance.ReadPunchesAsync(DateOnly.MinValue, February.AddDays(-1)))).ShouldHaveSingleItem().Id.ShouldBe(
            moved.Id);
        (await ReadAsync(Schedules.ReadLeavesAsync(DateOnly.MinValue, DateOnly.MaxValue))).ShouldHaveSingleItem().To.ShouldBe(
            February.AddDays(2));
        (await AuditAsync(null)).Where(entry => entry.By == IRetention.By).Select(
            entry => (entry.Action, entry.PersonId, entry.Old, entry.Reason)).ShouldBe(
        [
            (
                AuditActions.AttendanceDeleted,
                ada.Id,
                $"{dry.Days} days, 3 punches, 2 corrections and 1 leaves before 2026-02-01",
                "Attendance is kept for 20 days."),
        ]);
        (await Retention.ApplyAsync(Attendances)).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Line3_AfterAttendanceWasDeleted_NoAbsenceIsDerivedForItsDates()
    {
        var ada = await EnrollAsync();
        await AssignAsync(ada, Office);
        await PunchAsync(ada, NewYear.AddDays(4));
        _clock.Set(TheTenth);
        await DeriveAsync();
        await Retention.ApplyAsync(Attendances);
        var kept = await DaysAsync(ada);
        kept[0].Date.ShouldBe(new DateOnly(2026, 2, 2), "the first workday of the month");

        await Schedules.SaveScheduleAsync(Office with { LateGrace = TimeSpan.FromMinutes(5) }, Samples.Note);
        await Schedules.SaveLeaveAsync(new Leave { PersonId = ada.Id, From = NewYear, To = NewYear.AddDays(9) }, Samples.Note);
        await DeriveAsync();

        (await DaysAsync(ada)).ShouldBe(kept);
        (await Attendance.FindDayAsync(ada.Id, NewYear.AddDays(5))).ShouldNotBeNull().Day.ShouldBeNull();
    }

    [Fact]
    public async Task Line3_APunchThatComesLateForDeletedDates_CountsUntilItIsDeletedItself()
    {
        var ada = await EnrollAsync();
        await AssignAsync(ada, Office);
        await PunchAsync(ada, NewYear.AddDays(4));
        _clock.Set(TheTenth);
        await Retention.ApplyAsync(Attendances);
        var monday = new DateOnly(2026, 1, 12);

        (await Attendance.AppendAsync(Samples.Punch(ada.Id, monday.At(9)))).ShouldNotBeNull().Day.Date.ShouldBe(monday);
        var out1 = Samples.Punch(ada.Id, monday.At(16));
        (await Attendance.AppendAsync(out1)).ShouldNotBeNull().Day.Worked.ShouldBe(TimeSpan.FromHours(7));
        await Attendance.CorrectAsync(Samples.Correction(out1.Id, monday.At(17)));
        await DeriveAsync();

        var early = (await DaysAsync(ada)).Where(day => day.Date < February).ShouldHaveSingleItem();
        (early.Date, early.Status, early.Worked).ShouldBe((monday, AttendanceStatus.Present, TimeSpan.FromHours(8)));
        var report = await Retention.ApplyAsync(Attendances);
        (report.Days, report.Punches, report.Corrections).ShouldBe((1, 2, 1));
        (await DaysAsync(ada)).ShouldAllBe(day => day.Date >= February);
    }

    [Fact]
    public async Task Line3_ANightShiftAcrossTheMonth_IsDeletedOrKeptAsAWhole()
    {
        // 31 January 2026 is a Saturday.
        var (ada, grace) = (await EnrollAsync("E-1"), await EnrollAsync("E-2"));
        await AssignAsync(
            ada, Office with { Id = Guid.NewGuid(), Name = "Night", Start = new(22, 0), End = new(6, 0), Weekdays = Weekdays.All });
        await AssignAsync(
            grace, Office with { Id = Guid.NewGuid(), Name = "Early", Start = new(0, 30), End = new(8, 30), Weekdays = Weekdays.All });
        var saturday = February.AddDays(-1);
        await PunchAsync(ada, saturday, 22);
        await PunchAsync(ada, February, 6);
        await PunchAsync(ada, February, 22);
        await PunchAsync(ada, February.AddDays(1), 6);
        await PunchAsync(grace, saturday, 23, 50);
        await PunchAsync(grace, February, 8, 30);
        _clock.Set(TheTenth);
        await DeriveAsync();
        var (adas, graces) = (await DaysAsync(ada), await DaysAsync(grace));

        (await Retention.ApplyAsync(Attendances)).Punches.ShouldBe(2);

        (await DaysAsync(ada)).ShouldBe(adas.Where(day => day.Date >= February));
        (await DaysAsync(grace)).ShouldBe(graces.Where(day => day.Date >= February));
        (await Attendance.FindDayAsync(ada.Id, February))!.Day!.Worked.ShouldBe(TimeSpan.FromHours(8));
        (await Attendance.FindDayAsync(grace.Id, February))!.Day!.Worked.ShouldBe(new TimeSpan(8, 40, 0));
        (await ReadAsync(Attendance.ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue, ada.Id))).Count.ShouldBe(2);
        (await DeriveAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Line3_ADayThatAChangeInTheQueueHasNotReached_IsNoHindrance()
    {
        var ada = await EnrollAsync();
        await AssignAsync(ada, Office with { Start = new(0, 30), End = new(8, 30), Weekdays = Weekdays.All });
        await PunchAsync(ada, February.AddDays(-1), 23, 50);
        await PunchAsync(ada, February.AddDays(-1), 12);
        _clock.Set(TheTenth);
        await StopAsync();

        // Nobody works the queue off: the punch of 23:50 still marks 1 February, and belongs to 31 January.
        await Schedules.SaveScheduleAsync(Office with { Weekdays = Weekdays.All }, Samples.Note);

        (await Retention.ApplyAsync(Attendances)).Punches.ShouldBe(2);
        (await Attendance.FindDayAsync(ada.Id, February))!.Punches.ShouldBeEmpty();
    }
}

namespace Frat.Conformance;

public abstract partial class ScheduleStoreContract
{
    [Fact]
    public async Task SaveScheduleAsync_HoursOfWeeksAndAllElse_ComeBackAndAreReplaced()
    {
        var schedule = Office with
        {
            Id = Guid.NewGuid(),
            Name = "Turns",
            Pattern = [On(0, DayOfWeek.Monday, 6, 10), On(0, DayOfWeek.Monday, 12, 16), On(1, DayOfWeek.Sunday, 22, 6)],
            PatternWeeks = 2,
            PatternStart = Monday,
            IsExempt = true,
            CountsFromStart = true,
            RoundTo = TimeSpan.FromMinutes(15),
            Rounding = HoursRounding.Down,
            BalanceTolerance = TimeSpan.FromMinutes(10),
            NightStart = new(23, 0),
            NightEnd = new(5, 0),
        };
        await Schedules.SaveScheduleAsync(schedule, Note);
        await ShouldBeAsync(schedule);

        // Hours that stay, that change their end, that go and that are new.
        schedule = schedule with
        {
            Pattern = [On(0, DayOfWeek.Monday, 6, 11), On(0, DayOfWeek.Tuesday, 6, 14), On(1, DayOfWeek.Sunday, 22, 6)],
            IsExempt = false,
        };
        await Schedules.SaveScheduleAsync(schedule, Note);
        await ShouldBeAsync(schedule);

        schedule = schedule with
        {
            Pattern = [],
            PatternWeeks = 1,
            PatternStart = null,
            Flexible = new() { Target = TimeSpan.FromHours(7), CoreStart = new(10, 0), CoreEnd = new(14, 0) },
        };
        await Schedules.SaveScheduleAsync(schedule, Note);
        await ShouldBeAsync(schedule);
        (await Schedules.DeleteScheduleAsync(schedule.Id, Note)).ShouldBeTrue();

        async Task ShouldBeAsync(Schedule expected)
        {
            var read = (await Schedules.ListSchedulesAsync()).ShouldHaveSingleItem();
            read.Pattern.ShouldBe(expected.Pattern);
            (read with { Pattern = expected.Pattern }).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task SaveScheduleAsync_HoursThatCannotBe_AreRefused()
    {
        var twice = On(0, DayOfWeek.Monday, 9, 17);
        foreach (var wrong in new[]
        {
            Office with { Pattern = [twice, On(0, DayOfWeek.Monday, 12, 18)] },
            Office with { Pattern = [On(0, DayOfWeek.Monday, 20, 4), On(0, DayOfWeek.Monday, 21, 22)] },
            Office with { Pattern = [On(0, DayOfWeek.Monday, 8, 9), On(0, DayOfWeek.Monday, 20, 10)] },
            Office with { Pattern = [On(1, DayOfWeek.Monday, 9, 17)] },
            Office with { Pattern = [On(-1, DayOfWeek.Monday, 9, 17)] },
            Office with { Pattern = [On(0, (DayOfWeek)7, 9, 17)] },
            Office with { Pattern = [.. Enumerable.Range(0, 5).Select(hour => On(0, DayOfWeek.Monday, 2 * hour, (2 * hour) + 1))] },
            Office with { Pattern = [twice], PatternWeeks = 2 },
            Office with { PatternWeeks = 2, PatternStart = Monday },
            Office with { Pattern = [twice], PatternWeeks = 0 },
            Office with { Pattern = [twice], PatternWeeks = 53, PatternStart = Monday },
            Office with { Flexible = new() { Target = TimeSpan.Zero } },
            Office with { Flexible = new() { Target = TimeSpan.FromHours(25) } },
            Office with
            {
                Flexible = new() { Target = TimeSpan.FromHours(8) },
                Pattern = [On(0, DayOfWeek.Monday, 8, 12), On(0, DayOfWeek.Monday, 13, 17)],
            },
            Office with { NightStart = new(22, 0) },
            Office with { RoundTo = TimeSpan.FromSeconds(90) },
            Office with { RoundTo = TimeSpan.FromHours(2) },
            Office with { Rounding = (HoursRounding)9 },
            Office with { BalanceTolerance = TimeSpan.FromHours(-1) },
        })
        {
            await Should.ThrowAsync<ArgumentException>(() => Schedules.SaveScheduleAsync(wrong, Note), wrong.ToString());
        }

        (await Schedules.ListSchedulesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task TwoShiftsOfADate_AndTheirBalance_AreKept()
    {
        var ada = await PunchAsync(Monday.At(10), Monday.At(14), Monday.At(18, 30), Monday.At(22));
        await AssignAsync(ada, Monday, Monday, Office with
        {
            Break = TimeSpan.Zero,
            Hours = HoursRule.EveryPair,
            NightStart = new(20, 0),
            NightEnd = new(6, 0),
            Pattern = [On(0, DayOfWeek.Monday, 10, 14), On(0, DayOfWeek.Monday, 18, 22)],
        });

        var day = (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday))).ShouldHaveSingleItem();

        (day.Status, day.Worked, day.Expected, day.LateBy).ShouldBe(
            (AttendanceStatus.Late, TimeSpan.FromHours(7.5), TimeSpan.FromHours(8), TimeSpan.FromMinutes(30)));
        (day.Undertime, day.Overtime, day.NightWorked).ShouldBe((TimeSpan.FromMinutes(30), TimeSpan.Zero, TimeSpan.FromHours(2)));
        (await Attendance.FindDayAsync(ada.Id, Monday))!.Expected.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Leaves_OfHoursAndKinds_ComeBackAndAreKeptWithTheDay()
    {
        var ada = await PunchAsync(Monday.At(11), Monday.At(17));
        await AssignAsync(ada, Monday, Monday.AddDays(1), Office with { Break = TimeSpan.Zero });
        var hours = new Leave
        {
            PersonId = ada.Id,
            From = Monday,
            To = Monday,
            Part = LeavePart.Hours,
            Kind = LeaveKind.BusinessTrip,
            Start = new(9, 0),
            End = new(11, 0),
        };
        var (sick, paid) = (Half(LeavePart.FirstHalf, LeaveKind.Sick), Half(LeavePart.SecondHalf, LeaveKind.Unpaid));
        foreach (var leave in new[] { hours, sick, paid })
        {
            (await Schedules.SaveLeaveAsync(leave, Note)).ShouldBeTrue();
        }

        (await ReadAsync(Schedules.ReadLeavesAsync(Monday, Monday))).ShouldBe([hours]);
        var days = await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday.AddDays(1), order: DayOrder.EarliestFirst));
        (days[0].Status, days[0].Leave, days[0].LeaveKind, days[0].LeaveTime, days[0].Expected).ShouldBe(
            (AttendanceStatus.Present, LeavePart.Hours, LeaveKind.BusinessTrip, TimeSpan.FromHours(2), TimeSpan.FromHours(6)));
        (days[1].Leave, days[1].LeaveKind, days[1].SecondLeaveKind).ShouldBe((LeavePart.FullDay, LeaveKind.Sick, LeaveKind.Unpaid));
        foreach (var wrong in new[]
        {
            hours with { Start = null }, hours with { End = hours.Start }, hours with { Part = LeavePart.FullDay },
            hours with { Kind = (LeaveKind)9 },
        })
        {
            await Should.ThrowAsync<ArgumentException>(() => Schedules.SaveLeaveAsync(wrong, Note));
        }

        Leave Half(LeavePart part, LeaveKind kind) =>
            new() { PersonId = ada.Id, From = Monday.AddDays(1), To = Monday.AddDays(1), Part = part, Kind = kind };
    }

    [Fact]
    public async Task HolidaysOfHalfADay_AndOfOnePerson_AreTheirs()
    {
        var (site, own) = (Calendar("Site", LeavePart.FullDay), Calendar("Ada's", LeavePart.FullDay));
        await Schedules.SaveCalendarAsync(site with { Holidays = [] }, Note);
        await Schedules.SaveCalendarAsync(own with { Holidays = [] }, Note);
        var (ada, grace) = (await EnrollAsync(), await EnrollAsync("E-2", "Grace Hopper"));
        await Schedules.SaveScheduleAsync(Office with { Break = TimeSpan.Zero, HolidayCalendarId = site.Id }, Note);
        await AssignAsync(ada, own.Id);
        await AssignAsync(grace, null);
        await Schedules.SaveCalendarAsync(own, Note);
        await UntilDoneAsync();
        (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday))).Select(day => (day.Person.Id, day.Kind)).ShouldBe(
            [(ada.Id, DayKind.Holiday), (grace.Id, DayKind.Workday)], ignoreOrder: true);

        // Only the part changes.
        await Schedules.SaveCalendarAsync(Calendar("Ada's", LeavePart.SecondHalf) with { Id = own.Id }, Note);
        await UntilDoneAsync();

        var day = (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday, ada.Id))).ShouldHaveSingleItem();
        (day.Kind, day.Status, day.Expected, day.AbsentDays).ShouldBe(
            (DayKind.HalfHoliday, AttendanceStatus.Absent, TimeSpan.FromHours(4), 0.5m));
        (await Schedules.ListCalendarsAsync()).Single(one => one.Id == own.Id).Holidays.ShouldHaveSingleItem()
            .Part.ShouldBe(LeavePart.SecondHalf);
        await Should.ThrowAsync<ScheduleConflictException>(() => Schedules.DeleteCalendarAsync(own.Id, Note));
        await Should.ThrowAsync<ArgumentException>(() => Schedules.SaveCalendarAsync(Calendar("Hours", LeavePart.Hours), Note));
        await Should.ThrowAsync<ArgumentException>(() => AssignAsync(ada, Guid.NewGuid()));

        HolidayCalendar Calendar(string name, LeavePart part) =>
            new() { Name = name, Holidays = [new() { Date = Monday, Name = "One", Part = part }] };

        Task<bool> AssignAsync(Person person, Guid? calendar) => Schedules.SaveAssignmentAsync(
            new() { Id = person.Id, PersonId = person.Id, ScheduleId = Office.Id, From = Monday, HolidayCalendarId = calendar }, Note);
    }

    [Fact]
    public async Task AssignAsync_Several_HoldsFromItsDateAndKeepsWhatWasBefore()
    {
        var (ada, grace) = (await EnrollAsync(), await EnrollAsync("E-2", "Grace Hopper"));
        var late = Office with { Id = Guid.NewGuid(), Name = "Late", Start = new(14, 0), End = new(22, 0) };
        await Schedules.SaveScheduleAsync(late, Note);
        await AssignAsync(ada, Monday, null);
        var during = new ScheduleAssignment
        {
            Id = Guid.Empty,
            PersonId = Guid.Empty,
            ScheduleId = late.Id,
            From = Monday.AddDays(1),
            To = Monday.AddDays(2),
        };

        (await Schedules.AssignAsync([ada.Id, grace.Id, ada.Id, Guid.NewGuid()], during, Note)).ShouldBe(2);

        var expected = new[]
        {
            (Office.Id, Monday, (DateOnly?)Monday), (late.Id, during.From, during.To), (Office.Id, Monday.AddDays(3), null),
        };
        (await AssignedAsync(ada)).ShouldBe(expected);
        (await AssignedAsync(grace)).ShouldBe([expected[1]]);
        (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday.AddDays(2), ada.Id, DayOrder.EarliestFirst))).Select(day => day.ScheduleId)
            .ShouldBe([Office.Id, late.Id, late.Id]);

        // Again, nothing changes; and a longer one takes the place of what it covers.
        var entries = (await ReadAsync(GetService<IAuditTrail>().ReadAsync())).Count;
        (await Schedules.AssignAsync([ada.Id], during, Note)).ShouldBe(1);
        (await ReadAsync(GetService<IAuditTrail>().ReadAsync())).Count.ShouldBe(entries);
        (await Schedules.AssignAsync([ada.Id], during with { From = Monday, To = null }, Note)).ShouldBe(1);
        (await AssignedAsync(ada)).ShouldBe([(late.Id, Monday, (DateOnly?)null)]);
        await Should.ThrowAsync<ArgumentException>(
            () => Schedules.AssignAsync([ada.Id], during with { ScheduleId = Guid.NewGuid() }, Note));
        await Should.ThrowAsync<ArgumentException>(() => Schedules.AssignAsync([ada.Id], during with { To = Monday }, Note));

        async Task<List<(Guid, DateOnly, DateOnly?)>> AssignedAsync(Person person) =>
            (await ReadAsync(Schedules.ReadAssignmentsAsync(person.Id))).ConvertAll(one => (one.ScheduleId, one.From, one.To));
    }

    private static ShiftHours On(int week, DayOfWeek day, int from, int to) =>
        new() { Week = week, Day = day, Start = new(from, 0), End = new(to, 0) };
}

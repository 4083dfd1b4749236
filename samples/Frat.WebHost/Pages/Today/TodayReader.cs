namespace Frat.WebHost.Pages.Today;

/// <summary>Where somebody is today, as far as the punches and the schedule say.</summary>
internal enum Whereabouts
{
    /// <summary>Came, and didn't go.</summary>
    In,

    /// <summary>Came, and went.</summary>
    Gone,

    /// <summary>Is expected by now, and didn't come.</summary>
    NotYet,

    /// <summary>Is expected later.</summary>
    Later,

    /// <summary>Has leave for the whole day.</summary>
    OnLeave,

    /// <summary>Isn't expected, and didn't come.</summary>
    Free,
}

/// <summary>One person today.</summary>
/// <param name="Person">Who.</param>
/// <param name="Where">Where they are.</param>
/// <param name="Day">What the day comes to so far; null where there is no record.</param>
/// <param name="Expected">From when on they are expected; null where they aren't.</param>
internal sealed record PersonToday(Person Person, Whereabouts Where, AttendanceDay? Day, DateTime? Expected);

/// <summary>Finds out who is in, who is gone, and who isn't there yet: from the days, or else from the schedules.</summary>
/// <remarks>Thread-safe. The database failing is a <see cref="StoreException"/>.</remarks>
internal sealed class TodayReader(
    IAttendanceLog log, IPersonStore people, IScheduleStore schedules, IAttendanceRules rules, SiteClock clock, TimeProvider time)
{
    /// <summary>Reads everybody who is active, by name.</summary>
    public async Task<IReadOnlyList<PersonToday>> ReadAsync(CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var days = await ReadDaysAsync(today, cancellationToken);
        var plan = await ReadPlanAsync(today, cancellationToken);
        var found = new List<PersonToday>();
        await foreach (var person in people.ReadAsync(cancellationToken))
        {
            if (days.ContainsKey(person.Id) || (person.IsActive && person.WorksOn(today)))
            {
                found.Add(await PlaceAsync(person, days.GetValueOrDefault(person.Id), plan, today, cancellationToken));
            }
        }

        return [.. found.OrderBy(one => one.Person.Name, StringComparer.InvariantCultureIgnoreCase)];
    }

    private async Task<Dictionary<Guid, AttendanceDay>> ReadDaysAsync(DateOnly today, CancellationToken stop)
    {
        var days = new Dictionary<Guid, AttendanceDay>();
        await foreach (var day in log.ReadDaysAsync(
            today.AddDays(-1), today, order: DayOrder.EarliestFirst, cancellationToken: stop))
        {
            // Who came yesterday evening and is still there works on yesterday's date, whatever today's is so far.
            var isNight = day.Date < today && day is { ScheduleId: not null, FirstIn: not null, LastOut: null }
                && day.Status != AttendanceStatus.Incomplete;
            if (isNight || (day.Date == today && (day.FirstIn is not null || !days.ContainsKey(day.Person.Id))))
            {
                days[day.Person.Id] = day;
            }
        }

        return days;
    }

    private async Task<PersonToday> PlaceAsync(Person person, AttendanceDay? day, Plan plan, DateOnly today, CancellationToken stop)
    {
        if (day?.FirstIn is not null)
        {
            return new(person, await IsInAsync(day, stop) ? Whereabouts.In : Whereabouts.Gone, day, null);
        }

        var expected = plan.ExpectedOf(rules, person, today, time.GetUtcNow());
        return day?.Status == AttendanceStatus.OnLeave || plan.HasLeave(person.Id)
            ? new(person, Whereabouts.OnLeave, day, null)
            : new(
                person,
                expected is not { } from ? Whereabouts.Free : from <= clock.LocalNow ? Whereabouts.NotYet : Whereabouts.Later,
                day,
                expected);
    }

    // Of whoever goes in and out, only the punches say where they are now.
    private async Task<bool> IsInAsync(AttendanceDay day, CancellationToken stop)
    {
        if (day.LastOut is null || day.PunchCount < 3)
        {
            return day.LastOut is null;
        }

        var detail = await log.FindDayAsync(day.Person.Id, day.Date, stop);
        return detail?.Punches.LastOrDefault(punch => punch.Role is PunchRole.In or PunchRole.Out or PunchRole.Unpaired)?.Role
            is PunchRole.In or PunchRole.Unpaired;
    }

    private async Task<Plan> ReadPlanAsync(DateOnly today, CancellationToken stop)
    {
        var assignments = new Dictionary<Guid, List<ScheduleAssignment>>();
        await foreach (var assignment in schedules.ReadAssignmentsAsync(cancellationToken: stop))
        {
            if (assignment.From <= today.AddDays(1) && !(assignment.To < today.AddDays(-1)))
            {
                Of(assignments, assignment.PersonId).Add(assignment);
            }
        }

        var leaves = new Dictionary<Guid, List<Leave>>();
        await foreach (var leave in schedules.ReadLeavesAsync(today, today, cancellationToken: stop))
        {
            Of(leaves, leave.PersonId).Add(leave);
        }

        return new(
            await schedules.ListSchedulesAsync(stop),
            await schedules.ListDefaultSchedulesAsync(stop),
            await schedules.ListCalendarsAsync(stop),
            assignments,
            leaves);

        static List<T> Of<T>(Dictionary<Guid, List<T>> all, Guid person) =>
            all.TryGetValue(person, out var held) ? held : all[person] = [];
    }

    /// <summary>What today's expectations follow from, of everybody.</summary>
    private sealed record Plan(
        IReadOnlyList<Schedule> Schedules,
        IReadOnlyList<DefaultSchedule> Defaults,
        IReadOnlyList<HolidayCalendar> Calendars,
        Dictionary<Guid, List<ScheduleAssignment>> Assignments,
        Dictionary<Guid, List<Leave>> Leaves)
    {
        public bool HasLeave(Guid person) =>
            Leaves.TryGetValue(person, out var held) && held.Exists(leave => leave.Part == LeavePart.FullDay);

        /// <summary>From when on somebody is expected; null where they aren't.</summary>
        public DateTime? ExpectedOf(IAttendanceRules rules, Person person, DateOnly today, DateTimeOffset now) => Schedules.Count == 0
            ? null
            : rules.Derive(new AttendanceFacts
            {
                Person = person,
                FirstDate = today,
                LastDate = today,
                AsOf = now,
                Punches = [],
                Schedules = Schedules,
                Defaults = Defaults,
                Calendars = Calendars,
                Assignments = Assignments.GetValueOrDefault(person.Id) ?? [],
                Leaves = Leaves.GetValueOrDefault(person.Id) ?? [],
            })[0].Expected is [var first, ..] ? first.Start : null;
    }
}

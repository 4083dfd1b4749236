using Frat.Storage.EfCore;

namespace Frat.Testing;

/// <summary>Derives one person's days within a change. Thread-safe.</summary>
/// <param name="rules">Null in a program that keeps no attendance.</param>
/// <param name="time">The clock.</param>
internal sealed class DayDeriver(IAttendanceRules? rules, TimeProvider time)
{
    /// <summary>How far from its local date a punch, or a change of it, can make a difference: as far as the rules look.</summary>
    public const int ReachDays = AttendanceFacts.MarginDays;

    // How far the date somewhere may be ahead of UTC's.
    private const int DaysAhead = 2;

    // A shift that is over sooner began within the days that are derived.
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    /// <summary>Whether there are rules.</summary>
    public bool HasRules => rules is not null;

    /// <summary>The rules that days are derived by.</summary>
    public IAttendanceRules Rules => rules ?? throw new InvalidOperationException(
        "Days are derived by IAttendanceRules, and none are registered. Call services.AddFrat(), or services.AddAttendanceRules() where "
            + "the rest of the engine isn't needed.");

    /// <summary>Derives a span of days, and keeps what came out.</summary>
    /// <param name="transaction">The change.</param>
    /// <param name="personId">Who; must be there.</param>
    /// <param name="first">The first work date.</param>
    /// <param name="last">The last work date, included.</param>
    /// <param name="added">A punch that is about to be stored.</param>
    public DerivedDays Derive(Transaction transaction, Guid personId, DateOnly first, DateOnly last, Punch? added = null)
    {
        var record = transaction.Find(personId)!;
        var now = time.GetUtcNow();
        var days = DeriveDays(transaction.State, record, first, last, now, added);
        var kept = record.Days.ToBuilder();
        var marked = days.Select(day => day.Date)
            .Where(date => record.Days.GetValueOrDefault(date)?.Day.PunchId is not null).ToHashSet();
        var changed = 0;
        foreach (var derived in days)
        {
            var before = kept.GetValueOrDefault(derived.Date);
            var after = derived.Day is { } day ? new StoredDay(day, derived.ClosesAt) : null;
            changed += before is null ? after is null ? 0 : 1 : before.IsLike(after) ? 0 : 1;
            if (after is null)
            {
                kept.Remove(derived.Date);
            }
            else
            {
                kept[derived.Date] = after;
            }
        }

        var over = days.Select(day => day.ClosesAt).Where(moment => moment > now).Min() ?? DateTimeOffset.MaxValue;
        transaction.Save(record with
        {
            Days = kept.ToImmutable(), LookAgainAt = over < record.LookAgainAt ? over : record.LookAgainAt,
        });
        return new(days, marked, changed);
    }

    /// <summary>Derives what there is of a span of days, which may be all of the calendar.</summary>
    /// <returns>How many came out different from what was kept.</returns>
    public int DeriveAll(Transaction transaction, Guid personId, DateOnly? first = null, DateOnly? last = null)
    {
        if (rules is null || transaction.Find(personId) is not { } record)
        {
            return 0;
        }

        var now = time.GetUtcNow();
        if (first is null && last is null)
        {
            record = record with { DerivedAsOf = now, LookAgainAt = NextLook(transaction.State, record, now) };
            transaction.Save(record);
        }

        return FindSpans(transaction.State, record, first ?? DateOnly.MinValue, last ?? DateOnly.MaxValue, now)
            .Sum(span => Derive(transaction, personId, span.First, span.Last).Changed);
    }

    /// <summary>Derives one day and keeps nothing.</summary>
    public DayDetail Read(State state, PersonRecord record, DateOnly date) =>
        DeriveDays(state, record, date, date, time.GetUtcNow(), added: null)[0];

    /// <summary>
    /// Finds the punches that belong to the days before a date, void ones too. Without them, the days from that date on come out the same.
    /// </summary>
    public IReadOnlyList<Guid> FindPunchesBefore(State state, PersonRecord record, DateOnly date)
    {
        var now = time.GetUtcNow();
        return [.. FindSpans(state, record, DateOnly.MinValue, date.Plus(-1), now)
            .SelectMany(span => DeriveDays(state, record, span.First, span.Last, now, added: null))
            .SelectMany(day => day.Punches).Select(punch => punch.PunchId)];
    }

    private IReadOnlyList<DayDetail> DeriveDays(
        State state, PersonRecord record, DateOnly first, DateOnly last, DateTimeOffset now, Punch? added)
    {
        var days = Rules.Derive(Facts(state, record, first, last, now, added));
        return record.AttendanceKeptFrom is { } kept && first < kept
            ? [.. days.Select(day => day.Date < kept && day.Day?.PunchId is null ? day with { Day = null, ClosesAt = null } : day)]
            : days;
    }

    private static AttendanceFacts Facts(
        State state, PersonRecord record, DateOnly first, DateOnly last, DateTimeOffset now, Punch? added)
    {
        var from = first.Plus(-AttendanceFacts.MarginDays).ToDateTime(TimeOnly.MinValue);
        var to = last.Plus(AttendanceFacts.MarginDays).ToDateTime(TimeOnly.MaxValue);
        var punches = record.Punches.Values.Where(stored => stored.LocalTimes.Any(local => local >= from && local <= to))
            .Select(stored => new PunchFacts
            {
                Punch = stored.Punch,
                Corrections = stored.Corrections,
                ReceivedAt = stored.Punch.ReceivedAt,
            });
        var schedules = record.Assignments.Select(assignment => assignment.ScheduleId)
            .Concat(state.Defaults.Select(entry => entry.ScheduleId).OfType<Guid>()).Distinct()
            .Select(id => state.Schedules[id]).ToList();
        return new AttendanceFacts
        {
            Person = record.Person,
            FirstDate = first,
            LastDate = last,
            AsOf = now,
            Punches = [.. added is null ? punches : punches.Append(new PunchFacts
            {
                Punch = added,
                Corrections = [],
                ReceivedAt = added.ReceivedAt,
            })],
            Assignments = record.Assignments,
            Schedules = schedules,
            Defaults = state.Defaults,
            Calendars = [.. schedules.Select(schedule => schedule.HolidayCalendarId)
                .Concat(record.Assignments.Select(assignment => assignment.HolidayCalendarId)).OfType<Guid>().Distinct()
                .Select(id => state.Calendars[id])],
            Leaves = record.Leaves.FindAll(leave => leave.From <= last && leave.To >= first),
            InactivePeriods = record.InactivePeriods,
        };
    }

    /// <summary>
    /// Finds the dates of a span on which there can be anything: those from which on somebody may be missed until today, and those around
    /// each fact. A single far date makes no difference to the dates between.
    /// </summary>
    private static List<(DateOnly First, DateOnly Last)> FindSpans(
        State state, PersonRecord record, DateOnly first, DateOnly last, DateTimeOffset now)
    {
        var enrolled = DateOnly.FromDateTime(record.Person.EnrolledAt.UtcDateTime);
        var from = Later(record.Assignments.Select(one => one.From).Append(enrolled).Min(), Punch.EarliestDate);
        from = Later(from, record.AttendanceKeptFrom ?? DateOnly.MinValue).Plus(-DaysAhead);
        var until = DateOnly.FromDateTime(now.UtcDateTime).Plus(DaysAhead);
        (from, until) = IsScheduled(state, record) && from <= until ? (from, until) : (DateOnly.MaxValue, DateOnly.MinValue);
        var begun = Later(until, AttendanceFacts.FindLastBegunDate(now));
        var spans = new List<(DateOnly First, DateOnly Last)> { (from, until) };
        spans.AddRange(record.Days.Keys.Select(date => (date, date)));
        spans.AddRange(Dates.Around(
            record.Punches.Values.SelectMany(stored => stored.LocalTimes).Select(DateOnly.FromDateTime).Distinct(), ReachDays));
        spans.AddRange(record.Leaves.Select(leave => (Later(leave.From, Punch.EarliestDate), Earlier(leave.To, begun))));
        return Dates.Merge(spans.Select(span => (Later(span.First, first), Earlier(span.Last, last))));
    }

    private static bool IsScheduled(State state, PersonRecord record) => !record.Assignments.IsEmpty || !state.Defaults.IsEmpty;

    /// <summary>When days may change by themselves: at the latest once a shift can be over, or when a leave begins.</summary>
    private static DateTimeOffset NextLook(State state, PersonRecord record, DateTimeOffset now)
    {
        var begun = AttendanceFacts.FindLastBegunDate(now);
        return record.Leaves.Where(leave => leave.To > begun)
            .Select(leave => Later(leave.From, begun.Plus(1)).ToDateTime(TimeOnly.MinValue))
            .Select(date => new DateTimeOffset(date, TimeSpan.Zero).AddHours(-14)) // As FindLastBegunDate has it.
            .Append(IsScheduled(state, record) ? now + LongestRest : DateTimeOffset.MaxValue).Min();
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}

/// <param name="Days">What came out.</param>
/// <param name="Marked">The dates that a punch had marked before.</param>
/// <param name="Changed">How many days came out different from what was kept.</param>
internal sealed record DerivedDays(IReadOnlyList<DayDetail> Days, HashSet<DateOnly> Marked, int Changed);

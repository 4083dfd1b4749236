using System.Globalization;
using Frat.Storage.EfCore;

namespace Frat.Testing;

internal sealed partial class InMemoryAttendanceLog(InMemoryDatabase database, DayDeriver deriver, TimeProvider time) : IAttendanceLog
{
    public Task<PunchReceipt?> AppendAsync(Punch punch, AuditNote? note = null, CancellationToken cancellationToken = default)
    {
        Punch.ThrowIfInvalid(punch);
        if (note is not null)
        {
            AuditNote.ThrowIfInvalid(note);
        }

        var now = time.GetUtcNow().ToMicrosecond();
        deriver.Rules.Check(punch, now);
        punch = punch with { Instant = punch.Instant.ToMicrosecond(), LocalTime = punch.LocalTime.ToMicrosecond() };
        return database.WriteAsync(transaction => Append(transaction, punch, note, now), cancellationToken);
    }

    public Task<bool> CorrectAsync(PunchCorrection correction, CancellationToken cancellationToken = default)
    {
        PunchCorrection.ThrowIfInvalid(correction);
        deriver.Rules.Check(correction, time.GetUtcNow());
        correction = correction with { LocalTime = correction.LocalTime?.ToMicrosecond(), At = correction.At.ToMicrosecond() };
        return database.WriteAsync(Correct, cancellationToken);

        bool Correct(Transaction transaction)
        {
            var known = transaction.State.People.Values.SelectMany(record => record.Punches.Values)
                .FirstOrDefault(stored => stored.Corrections.Exists(other => other.Id == correction.Id));
            if (known is not null)
            {
                return known.Punch.Id == correction.PunchId
                    ? true
                    : throw new ArgumentException("The id belongs to a correction of another punch.", nameof(correction));
            }

            if (!transaction.State.Punches.TryGetValue(correction.PunchId, out var personId))
            {
                return false;
            }

            var record = transaction.Find(personId)!;
            var stored = record.Punches[correction.PunchId];
            stored = stored with { Corrections = stored.Corrections.Add(correction) };
            transaction.Save(record with { Punches = record.Punches.SetItem(correction.PunchId, stored) });

            // A time that an earlier correction gave may lose its hold.
            foreach (var (first, last) in Dates.Around(stored.LocalTimes.Select(DateOnly.FromDateTime), DayDeriver.ReachDays))
            {
                deriver.Derive(transaction, personId, first, last);
            }

            return true;
        }
    }

    public IAsyncEnumerable<AttendanceDay> ReadDaysAsync(
        DateOnly firstDate,
        DateOnly lastDate,
        Guid? personId = null,
        DayOrder order = DayOrder.LatestFirst,
        CancellationToken cancellationToken = default)
    {
        return database.StreamAsync(Read, cancellationToken);

        IEnumerable<AttendanceDay> Read(State state)
        {
            var days =
                from record in OfPerson(state, personId)
                from stored in record.Days.Values
                where stored.Day.Date >= firstDate && stored.Day.Date <= lastDate
                select stored.Day with { Person = record.Person };
            var sorted = order switch
            {
                DayOrder.ByPerson => days.OrderBy(day => day.Person.EmployeeId, StringComparer.Ordinal).ThenBy(day => day.Date),
                DayOrder.EarliestFirst => days.OrderBy(day => day.Date),
                _ => days.OrderByDescending(day => day.Date),
            };
            return sorted.ThenBy(day => day.FirstIn ?? DateTime.MaxValue).ThenBy(day => day.Person.Id);
        }
    }

    public Task<DayDetail?> FindDayAsync(Guid personId, DateOnly workDate, CancellationToken cancellationToken = default) =>
        database.ReadAsync(
            state => state.Find(personId) is { } record ? deriver.Read(state, record, workDate) : null, cancellationToken);

    public IAsyncEnumerable<Punch> ReadPunchesAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default)
    {
        var (from, to) = (firstDate.ToDateTime(TimeOnly.MinValue), lastDate.ToDateTime(TimeOnly.MaxValue));
        return database.StreamAsync(
            state => OfPerson(state, personId).SelectMany(record => record.Punches.Values).Select(stored => stored.Punch)
                .Where(punch => punch.LocalTime >= from && punch.LocalTime <= to)
                .OrderBy(punch => punch.LocalTime).ThenBy(punch => punch.Id),
            cancellationToken);
    }

    public Task<IReadOnlyList<PunchCorrection>> ListCorrectionsAsync(Guid punchId, CancellationToken cancellationToken = default)
    {
        return database.ReadAsync(Read, cancellationToken);

        IReadOnlyList<PunchCorrection> Read(State state) => state.Punches.TryGetValue(punchId, out var personId)
            ? [.. state.People[personId].Punches[punchId].Corrections.OrderBy(one => one.At).ThenBy(one => one.Id)]
            : [];
    }

    public async Task<int> DeriveAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default)
    {
        var changed = 0;
        DateOnly? first = firstDate > DateOnly.MinValue ? firstDate : null;
        DateOnly? last = lastDate < DateOnly.MaxValue ? lastDate : null;
        foreach (var id in firstDate > lastDate ? [] : OfPerson(database.State, personId).Select(record => record.Person.Id))
        {
            changed += await database.WriteAsync(transaction => deriver.DeriveAll(transaction, id, first, last), cancellationToken)
                .ConfigureAwait(false);
        }

        return changed;
    }

    private static IEnumerable<PersonRecord> OfPerson(State state, Guid? personId) =>
        personId is not { } id ? state.People.Values : state.Find(id) is { } one ? [one] : [];

    private PunchReceipt? Append(Transaction transaction, Punch punch, AuditNote? note, DateTimeOffset now)
    {
        var state = transaction.State;
        if (state.Keys.TryGetValue((punch.Source, punch.IdempotencyKey), out var known))
        {
            var (owner, first) = (state.People[state.Punches[known]].Person, state.People[state.Punches[known]].Punches[known]);
            return punch.IsReplayOf(first.Punch)
                ? first.Receipt with { Day = first.Receipt.Day with { Person = owner } }
                : throw new PunchConflictException(
                    "The idempotency key belongs to another punch: of another person, another request or another day.");
        }

        if (state.Punches.ContainsKey(punch.Id))
        {
            throw new PunchConflictException("The id belongs to another punch.");
        }

        if (transaction.Find(punch.PersonId) is not { } record)
        {
            return null;
        }

        if (punch.Method == PunchMethod.Face)
        {
            // Anyone who searched for the face may have done so before the person was deactivated or revoked, or the term ended.
            if (!record.Recognizable(now).Any())
            {
                return null;
            }

            transaction.Save(Recognize(record, punch.Instant < now ? punch.Instant : now, now));
        }

        punch = punch with { ReceivedAt = Receive(record, punch, now) };
        var date = DateOnly.FromDateTime(punch.LocalTime);
        var derived = deriver.Derive(
            transaction, punch.PersonId, date.Plus(-DayDeriver.ReachDays), date.Plus(DayDeriver.ReachDays), punch);
        var receipt = PunchReceipts.Of(derived.Days, derived.Marked, punch);
        record = transaction.Find(punch.PersonId)!;
        transaction.Save(record with { Punches = record.Punches.Add(punch.Id, new StoredPunch(punch, receipt)) });
        transaction.State = transaction.State with
        {
            Punches = transaction.State.Punches.Add(punch.Id, punch.PersonId),
            Keys = transaction.State.Keys.Add((punch.Source, punch.IdempotencyKey), punch.Id),
        };
        if (note is not null)
        {
            var entered = string.Create(CultureInfo.InvariantCulture, $"{punch.Id} {punch.LocalTime:yyyy-MM-dd'T'HH:mm:ss}");
            transaction.Audit(now, note, AuditActions.PunchEntered, punch.PersonId, @new: entered);
        }

        return receipt;
    }

    // After every other of the person at that moment, also where two are received in one microsecond.
    private static DateTimeOffset Receive(PersonRecord record, Punch punch, DateTimeOffset now) =>
        record.Punches.Values.Where(stored => stored.Punch.LocalTime == punch.LocalTime).Max(stored => stored.Punch.ReceivedAt) is { } last
            && last >= now
            ? last.AddMicroseconds(1)
            : now;

    // A clock that is ahead keeps no template longer, nor does one that was.
    private static PersonRecord Recognize(PersonRecord record, DateTimeOffset instant, DateTimeOffset now) =>
        record.LastRecognizedAt is not { } last || last < instant || last > now ? record with { LastRecognizedAt = instant } : record;
}

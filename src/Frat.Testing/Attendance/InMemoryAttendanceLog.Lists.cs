using Frat.Storage.EfCore;

namespace Frat.Testing;

/// <content>Days in pages, and what was added.</content>
internal sealed partial class InMemoryAttendanceLog
{
    public Task<IReadOnlyList<AttendanceDay>> ListDaysAsync(DayQuery query, CancellationToken cancellationToken = default)
    {
        DayQuery.ThrowIfInvalid(query);
        return database.ReadAsync(Read, cancellationToken);

        IReadOnlyList<AttendanceDay> Read(State state)
        {
            var days =
                from record in OfPerson(state, query.PersonId)
                from stored in record.Days.Values
                where stored.Day.Date >= query.FirstDate && stored.Day.Date <= query.LastDate
                select stored.Day with { Person = record.Person };
            return [.. days.Where(IsBehind)
                .OrderByDescending(day => day.Date).ThenBy(day => day.Person.EmployeeId, StringComparer.Ordinal).Take(query.Take)];
        }

        bool IsBehind(AttendanceDay day) => query.After is not { } after || day.Date < after.Date
            || (day.Date == after.Date && string.CompareOrdinal(day.Person.EmployeeId, after.EmployeeId) > 0);
    }

    public IAsyncEnumerable<AttendanceChange> ReadChangesAsync(DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        since = since.ToMicrosecond();
        return database.StreamAsync(Read, cancellationToken);

        IEnumerable<AttendanceChange> Read(State state) =>
            (from record in state.People.Values
                from stored in record.Punches.Values
                from change in ChangesOf(stored, record.Person)
                where change.At >= since
                orderby change.At, change.Id
                select change).ToList();
    }

    private static IEnumerable<AttendanceChange> ChangesOf(StoredPunch stored, Person person)
    {
        var punch = new AttendanceChange
        {
            At = stored.Punch.ReceivedAt ?? DateTimeOffset.MinValue,
            Punch = stored.Punch,
            Receipt = stored.Receipt with { Day = stored.Receipt.Day with { Person = person } },
        };
        return stored.Corrections.Select(correction => punch with { At = correction.At, Correction = correction }).Prepend(punch);
    }
}

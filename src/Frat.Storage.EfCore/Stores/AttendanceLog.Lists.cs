using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <content>Days in pages, and what was added.</content>
internal sealed partial class AttendanceLog
{
    private static readonly DateTimeOffset Earliest = new(Punch.EarliestDate, TimeOnly.MinValue, TimeSpan.Zero);

    public async Task<IReadOnlyList<AttendanceDay>> ListDaysAsync(DayQuery query, CancellationToken cancellationToken = default)
    {
        DayQuery.ThrowIfInvalid(query);
        var rows = await database.ReadAsync("ListDays", ListAsync, cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(day => day.ToDay(day.Person!.ToPerson()));

        Task<List<AttendanceDayRow>> ListAsync(FratDbContext context, CancellationToken cancel)
        {
            // One bound at each end, as with the streams.
            var last = query.After is { } after && after.Date < query.LastDate ? after.Date : query.LastDate;
            var days = context.AttendanceDays.Include(day => day.Person).Where(day => day.Date <= last && day.Date >= query.FirstDate);
            days = query.PersonId is { } id ? days.Where(day => day.PersonId == id) : days;
            if (query.After is { } place && place.Date <= query.LastDate)
            {
                // EF Core turns this comparison, and no other, into one of the database.
#pragma warning disable CA1309, CA1310
                days = days.Where(day => day.Date < place.Date || string.Compare(day.Person!.EmployeeId, place.EmployeeId) > 0);
#pragma warning restore CA1309, CA1310
            }

            return days.OrderByDescending(day => day.Date).ThenBy(day => day.Person!.EmployeeId).Take(query.Take).ToListAsync(cancel);
        }
    }

    public IAsyncEnumerable<AttendanceChange> ReadChangesAsync(DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        const string Operation = "ReadChanges";
        since = (since < Earliest ? Earliest : since).ToMicrosecond();
        var punches = database.StreamAsync<PunchRow>(Operation, NextPunches, cancellationToken)
            .Select(row => new AttendanceChange { At = row.ReceivedAt, Punch = row.ToPunch(), Receipt = row.ToReceipt() });
        var corrections = database.StreamAsync<CorrectedPunch>(Operation, NextCorrections, cancellationToken)
            .Select(row => new AttendanceChange
            {
                At = row.Correction.At,
                Punch = row.Punch.ToPunch(),
                Receipt = row.Punch.ToReceipt(),
                Correction = row.Correction.ToCorrection(),
            });
        return MergedStreams.MergeAsync(punches, corrections, change => change.At, cancellationToken);

        IQueryable<PunchRow> NextPunches(FratDbContext context, PunchRow? after)
        {
            var start = after?.ReceivedAt ?? since;
            var rows = context.Punches.Include(row => row.Person).Where(row => row.ReceivedAt >= start);
            rows = after is null ? rows : rows.Where(row => row.ReceivedAt > start || row.Id > after.Id);
            return rows.OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id);
        }

        IQueryable<CorrectedPunch> NextCorrections(FratDbContext context, CorrectedPunch? after)
        {
            var start = after?.Correction.At ?? since;
            var corrections = context.PunchCorrections.Where(row => row.At >= start);
            if (after is not null)
            {
                var last = after.Correction.Id;
                corrections = corrections.Where(row => row.At > start || row.Id > last);
            }

            return
                from correction in corrections
                join punch in context.Punches.Include(row => row.Person) on correction.PunchId equals punch.Id
                orderby correction.At, correction.Id
                select new CorrectedPunch { Correction = correction, Punch = punch };
        }
    }

    private sealed class CorrectedPunch
    {
        public required PunchCorrectionRow Correction { get; init; }

        public required PunchRow Punch { get; init; }
    }
}

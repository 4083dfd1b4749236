using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <content>Days in pages, and what was added.</content>
internal sealed partial class AttendanceLog
{
    /// <summary>
    /// How long before it is stored a punch may have been, by its wall, to be found by that: a day that a device may be offline, and the
    /// zones, of which the farthest is half a day behind.
    /// </summary>
    private static readonly TimeSpan WallReach = TimeSpan.FromHours(40);

    /// <summary>How long before it is stored the id of a punch may have been made, to be found by that.</summary>
    private static readonly TimeSpan IdReach = TimeSpan.FromHours(1);

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

        // No index has the moment itself. All but a punch that an application makes up days later, with an id from then, is in one of the
        // two that there are, by its wall or by its id, which tells the time when it was made.
        var wall = DateTime.SpecifyKind(since.UtcDateTime - WallReach, DateTimeKind.Unspecified);
        var oldest = FirstIdOf(since - IdReach);
        var punches = database.StreamAsync<PunchRow>(Operation, NextPunches, cancellationToken)
            .Select(row => new AttendanceChange { At = row.ReceivedAt!.Value, Punch = row.ToPunch(), Receipt = row.ToReceipt() });
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
            var rows = context.Punches.Include(row => row.Person)
                .Where(row => (row.LocalTime >= wall || row.Id >= oldest) && row.ReceivedAt >= start);
            rows = after is null ? rows : rows.Where(row => row.ReceivedAt > start || row.Id > after.Id);
            return rows.OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id);
        }

        // All corrections are looked through: there are few, and their ids may be anybody's.
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

    /// <summary>The least id of version 7 that was made at a moment.</summary>
    private static Guid FirstIdOf(DateTimeOffset moment)
    {
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt64BigEndian(id, Math.Max(moment.ToUnixTimeMilliseconds(), 0) << 16);
        return new Guid(id, bigEndian: true);
    }

    private sealed class CorrectedPunch
    {
        public required PunchCorrectionRow Correction { get; init; }

        public required PunchRow Punch { get; init; }
    }
}

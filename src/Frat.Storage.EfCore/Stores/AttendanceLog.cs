using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Punches, corrections and days in a relational database.</summary>
/// <remarks>
/// A day is always what <see cref="FirstPunchRule"/> makes of the punches, so a punch that arrives late with an earlier time
/// moves the day's time. It doesn't mark the day: <see cref="PunchReceipt.Marked"/> is true only for the punch that found the
/// day unmarked, which is what was told to the person at that moment. A replay gives the receipt of the first time, as it is
/// kept beside the punch, whatever became of the day since.
/// </remarks>
internal sealed class AttendanceLog(FratDatabase database) : IAttendanceLog
{
    public async Task<PunchReceipt?> AppendAsync(Punch punch, CancellationToken cancellationToken = default)
    {
        Arguments.Check(punch);
        return await database.WriteAsync("Append", AppendAsync, cancellationToken).ConfigureAwait(false);

        async Task<PunchReceipt?> AppendAsync(FratDbContext context, CancellationToken cancel)
        {
            await database.LockPersonAsync(context, punch.PersonId, cancel).ConfigureAwait(false);
            var known = await context.Punches.Include(row => row.Person)
                .Where(row => row.IdempotencyKey == punch.IdempotencyKey || row.Id == punch.Id)
                .ToListAsync(cancel).ConfigureAwait(false);
            if (known.Find(row => row.IdempotencyKey == punch.IdempotencyKey) is { } first)
            {
                return first.PersonId == punch.PersonId
                    ? first.ToReceipt()
                    : throw new PunchConflictException("The idempotency key belongs to another person's punch.");
            }

            if (known.Count > 0)
            {
                throw new PunchConflictException("The id belongs to another punch.");
            }

            var person = await context.People.FirstOrDefaultAsync(row => row.Id == punch.PersonId, cancel).ConfigureAwait(false);
            if (person is null)
            {
                return null;
            }

            var localTime = punch.LocalTime.ToMicrosecond();
            var date = DateOnly.FromDateTime(localTime);
            var (day, marked) = await DeriveAsync(context, punch.PersonId, date, new EffectivePunch(punch.Id, localTime), cancel).ConfigureAwait(false);
            var receipt = new PunchReceipt(day!.ToDay(person.ToPerson()), marked);
            context.Punches.Add(PunchRow.From(punch, receipt));
            return receipt;
        }
    }

    public async Task<bool> CorrectAsync(PunchCorrection correction, CancellationToken cancellationToken = default)
    {
        Arguments.Check(correction);
        return await database.WriteAsync("Correct", CorrectAsync, cancellationToken).ConfigureAwait(false);

        async Task<bool> CorrectAsync(FratDbContext context, CancellationToken cancel)
        {
            var known = await context.PunchCorrections.FirstOrDefaultAsync(row => row.Id == correction.Id, cancel).ConfigureAwait(false);
            if (known is not null)
            {
                return known.PunchId == correction.PunchId
                    ? true
                    : throw new ArgumentException("The id belongs to a correction of another punch.", nameof(correction));
            }

            if (await FindPersonAsync(context, correction.PunchId, cancel).ConfigureAwait(false) is not { } personId)
            {
                return false;
            }

            // Read after the lock, so that no other correction falls between.
            await database.LockPersonAsync(context, personId, cancel).ConfigureAwait(false);
            var punch = await context.Punches.Include(row => row.Corrections)
                .FirstOrDefaultAsync(row => row.Id == correction.PunchId, cancel).ConfigureAwait(false);
            if (punch is null)
            {
                return false;
            }

            var row = new PunchCorrectionRow
            {
                Id = correction.Id,
                PunchId = punch.Id,
                PersonId = punch.PersonId,
                LocalTime = correction.LocalTime?.ToMicrosecond(),
                By = correction.By,
                Reason = correction.Reason,
                At = correction.At.ToMicrosecond(),
            };
            context.PunchCorrections.Add(row);

            // Stored first, in the same transaction, so that the days are derived from what is there.
            await context.SaveChangesAsync(cancel).ConfigureAwait(false);
            var before = EffectivePunch.Of(punch.Id, punch.LocalTime, punch.Corrections);
            var after = EffectivePunch.Of(punch.Id, punch.LocalTime, [.. punch.Corrections, row]);
            foreach (var time in new[] { before?.LocalTime, after?.LocalTime }.OfType<DateTime>().DistinctBy(DateOnly.FromDateTime))
            {
                await DeriveAsync(context, punch.PersonId, DateOnly.FromDateTime(time), added: null, cancel).ConfigureAwait(false);
            }

            return true;
        }
    }

    public IAsyncEnumerable<AttendanceDay> ReadDaysAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default) =>
        database.StreamAsync(
            "ReadDays",
            context =>
            {
                var days = context.AttendanceDays.Where(day => day.Date >= firstDate && day.Date <= lastDate);
                days = personId is { } id ? days.Where(day => day.PersonId == id) : days;
                return days
                    .OrderByDescending(day => day.Date).ThenBy(day => day.Time).ThenBy(day => day.PersonId)
                    .Select(day => day.ToDay(day.Person!.ToPerson()));
            },
            cancellationToken);

    public IAsyncEnumerable<Punch> ReadPunchesAsync(
        Guid personId, DateOnly firstDate, DateOnly lastDate, CancellationToken cancellationToken = default)
    {
        var from = firstDate.ToDateTime(TimeOnly.MinValue);
        var to = lastDate.ToDateTime(TimeOnly.MaxValue);
        return database.StreamAsync(
            "ReadPunches",
            context => context.Punches
                .Where(punch => punch.PersonId == personId && punch.LocalTime >= from && punch.LocalTime <= to)
                .OrderBy(punch => punch.LocalTime).ThenBy(punch => punch.Id)
                .Select(punch => punch.ToPunch()),
            cancellationToken);
    }

    private static Task<Guid?> FindPersonAsync(FratDbContext context, Guid punchId, CancellationToken cancellationToken) =>
        context.Punches.Where(row => row.Id == punchId).Select(row => (Guid?)row.PersonId).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Derives a day from what is stored and what is about to be, and brings its row up to date.</summary>
    /// <returns>The day, or null when no punch is left; and whether it was new.</returns>
    private static async Task<(AttendanceDayRow? Day, bool IsNew)> DeriveAsync(
        FratDbContext context, Guid personId, DateOnly date, EffectivePunch? added, CancellationToken cancellationToken)
    {
        var punches = await ReadEffectiveAsync(context, personId, date, cancellationToken).ConfigureAwait(false);
        if (added is { } punch)
        {
            punches.Add(punch);
        }

        var derived = FirstPunchRule.Derive(date, punches);
        var day = await context.AttendanceDays.AsTracking()
            .FirstOrDefaultAsync(row => row.PersonId == personId && row.Date == date, cancellationToken).ConfigureAwait(false);
        if (derived is not { } result)
        {
            if (day is not null)
            {
                context.AttendanceDays.Remove(day);
            }

            return (null, false);
        }

        var isNew = day is null;
        if (day is null)
        {
            day = new AttendanceDayRow { PersonId = personId, Date = date };
            context.AttendanceDays.Add(day);
        }

        (day.Time, day.Status, day.PunchId) = result;
        return (day, isNew);
    }

    /// <summary>The punches that count for a date: those of that date, and those that a correction moved to it.</summary>
    private static async Task<List<EffectivePunch>> ReadEffectiveAsync(
        FratDbContext context, Guid personId, DateOnly date, CancellationToken cancellationToken)
    {
        var from = date.ToDateTime(TimeOnly.MinValue);
        var to = date.ToDateTime(TimeOnly.MaxValue);
        var own = await context.Punches.Include(punch => punch.Corrections)
            .Where(punch => punch.PersonId == personId && punch.LocalTime >= from && punch.LocalTime <= to)
            .ToListAsync(cancellationToken).ConfigureAwait(false);

        // Apart, because an OR over both tables would read every punch that the person ever made.
        var moved = await context.PunchCorrections
            .Where(correction => correction.PersonId == personId && correction.LocalTime >= from && correction.LocalTime <= to)
            .Select(correction => correction.PunchId).Distinct()
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (moved.Count > 0)
        {
            own.AddRange(await context.Punches.Include(punch => punch.Corrections)
                .Where(punch => moved.Contains(punch.Id) && (punch.LocalTime < from || punch.LocalTime > to))
                .ToListAsync(cancellationToken).ConfigureAwait(false));
        }

        return [.. own.Select(punch => EffectivePunch.Of(punch.Id, punch.LocalTime, punch.Corrections)).OfType<EffectivePunch>()];
    }
}

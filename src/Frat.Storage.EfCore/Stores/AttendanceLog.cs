using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Punches, corrections and days in a relational database.</summary>
/// <remarks>
/// A day is always what <see cref="IAttendanceRules"/> makes of the facts, so a punch that arrives late with an earlier time
/// moves the day's time. It doesn't mark the day: <see cref="PunchReceipt.Marked"/> is true only for the punch that found the
/// day unmarked, which is what was told to the person at that moment. A replay gives the receipt of the first time, as it is
/// kept beside the punch, whatever became of the day since.
/// </remarks>
internal sealed partial class AttendanceLog(FratDatabase database, DayDeriver deriver, TimeProvider time) : IAttendanceLog
{
    private const int PeoplePerCall = 500;

    public async Task<PunchReceipt?> AppendAsync(Punch punch, AuditNote? note = null, CancellationToken cancellationToken = default)
    {
        Punch.ThrowIfInvalid(punch);
        if (note is not null)
        {
            AuditNote.ThrowIfInvalid(note);
        }

        deriver.Rules.Check(punch, time.GetUtcNow());
        punch = punch with { Instant = punch.Instant.ToMicrosecond(), LocalTime = punch.LocalTime.ToMicrosecond() };
        return await database.WriteAsync("Append", (context, cancel) => AppendAsync(context, punch, note, cancel), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<bool> CorrectAsync(PunchCorrection correction, CancellationToken cancellationToken = default)
    {
        PunchCorrection.ThrowIfInvalid(correction);
        deriver.Rules.Check(correction, time.GetUtcNow());
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
            var punch = await context.Punches.Include(row => row.Person).Include(row => row.Corrections)
                .FirstOrDefaultAsync(row => row.Id == correction.PunchId, cancel).ConfigureAwait(false);
            if (punch is null)
            {
                return false;
            }

            context.PunchCorrections.Add(PunchCorrectionRow.From(correction, punch.PersonId));

            // Stored first, in the same transaction, so that the days are derived from what is there. A time that an earlier correction
            // gave may lose its hold.
            await context.SaveChangesAsync(cancel).ConfigureAwait(false);
            var dates = punch.Corrections.Select(row => row.LocalTime).Append(punch.LocalTime).Append(correction.LocalTime)
                .OfType<DateTime>().Select(DateOnly.FromDateTime);
            foreach (var (first, last) in Dates.Around(dates, DayDeriver.ReachDays))
            {
                await deriver.DeriveAsync(context, punch.Person!, first, last, added: null, cancel).ConfigureAwait(false);
            }

            return true;
        }
    }

    public async Task<DayDetail?> FindDayAsync(Guid personId, DateOnly workDate, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            "FindDay",
            async (context, cancel) => await context.People.FirstOrDefaultAsync(
                row => row.Id == personId, cancel).ConfigureAwait(false) is { } person
                ? await deriver.ReadAsync(context, person, workDate, cancel).ConfigureAwait(false)
                : null,
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<PunchCorrection>> ListCorrectionsAsync(Guid punchId, CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            "ListCorrections",
            (context, cancel) => context.PunchCorrections.Where(row => row.PunchId == punchId).ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.OrderBy(row => row.At).ThenBy(row => row.Id).Select(row => row.ToCorrection())];
    }

    public async Task<int> DeriveAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default)
    {
        if (lastDate < firstDate)
        {
            return 0;
        }

        if (personId is { } id)
        {
            return await DerivePersonAsync(id, firstDate, lastDate, cancellationToken).ConfigureAwait(false);
        }

        var changed = 0;
        for (Guid? after = null; ;)
        {
            var people = await database.ReadAsync(
                "Derive", (context, cancel) => NextPeopleAsync(context, after, cancel), cancellationToken).ConfigureAwait(false);
            foreach (var person in people)
            {
                changed += await DerivePersonAsync(person, firstDate, lastDate, cancellationToken).ConfigureAwait(false);
            }

            if (people.Count < PeoplePerCall)
            {
                return changed;
            }

            after = people[^1];
        }
    }

    /// <summary>Appends a punch within a transaction.</summary>
    private async Task<PunchReceipt?> AppendAsync(
        FratDbContext context, Punch punch, AuditNote? note, CancellationToken cancel)
    {
        await database.LockPersonAsync(context, punch.PersonId, cancel).ConfigureAwait(false);
        var known = await context.Punches.Include(row => row.Person)
            .Where(row => (row.Source == punch.Source && row.IdempotencyKey == punch.IdempotencyKey) || row.Id == punch.Id)
            .ToListAsync(cancel).ConfigureAwait(false);
        if (known.Find(row => row.Source == punch.Source && row.IdempotencyKey == punch.IdempotencyKey) is { } first)
        {
            return punch.IsReplayOf(first.ToPunch())
                ? first.ToReceipt()
                : throw new PunchConflictException(
                    "The idempotency key belongs to another punch: of another person, another request or another day.");
        }

        if (known.Count > 0)
        {
            throw new PunchConflictException("The id belongs to another punch.");
        }

        var person = await context.People.AsTracking()
            .FirstOrDefaultAsync(row => row.Id == punch.PersonId, cancel).ConfigureAwait(false);
        if (person is null)
        {
            return null;
        }

        if (punch.Method == PunchMethod.Face)
        {
            // Anyone who searched for the face may have done so before the person was deactivated or revoked, or the term ended.
            if (!await context.Recognizable(time.GetUtcNow()).AnyAsync(row => row.PersonId == person.Id, cancel).ConfigureAwait(false))
            {
                return null;
            }

            Recognize(person, punch.Instant);
        }

        var date = DateOnly.FromDateTime(punch.LocalTime);
        var received = await ReceiveAsync(context, punch, cancel).ConfigureAwait(false);
        var derived = await deriver.DeriveAsync(
            context,
            person,
            date.Plus(-DayDeriver.ReachDays),
            date.Plus(DayDeriver.ReachDays),
            new PunchFacts { Punch = punch, Corrections = [], ReceivedAt = received },
            cancel).ConfigureAwait(false);
        var receipt = PunchReceipts.Of(derived.Days, derived.Marked, punch);
        context.Punches.Add(PunchRow.From(punch, receipt, received));
        if (note is not null)
        {
            var entered = string.Create(CultureInfo.InvariantCulture, $"{punch.Id} {punch.LocalTime:yyyy-MM-dd'T'HH:mm:ss}");
            context.Audit(received, note, AuditActions.PunchEntered, punch.PersonId, @new: entered);
        }

        return receipt;
    }

    /// <summary>
    /// Says when the punch was received: after every other of the person at that moment, also where two are received in one microsecond.
    /// </summary>
    private async Task<DateTimeOffset> ReceiveAsync(FratDbContext context, Punch punch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToMicrosecond();
        var last = await context.Punches.Where(row => row.PersonId == punch.PersonId && row.LocalTime == punch.LocalTime)
            .OrderByDescending(row => row.ReceivedAt).Select(row => (DateTimeOffset?)row.ReceivedAt)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return last is { } earlier && earlier >= now ? earlier.AddMicroseconds(1) : now;
    }

    private static Task<Guid?> FindPersonAsync(FratDbContext context, Guid punchId, CancellationToken cancellationToken) =>
        context.Punches.Where(row => row.Id == punchId).Select(row => (Guid?)row.PersonId).FirstOrDefaultAsync(cancellationToken);

    private static Task<List<Guid>> NextPeopleAsync(FratDbContext context, Guid? after, CancellationToken cancellationToken)
    {
        var people = after is { } id ? context.People.Where(row => row.Id > id) : context.People;
        return people.OrderBy(row => row.Id).Select(row => row.Id).Take(PeoplePerCall).ToListAsync(cancellationToken);
    }

    // To the day, so that a check-in costs one more write a day. A clock that is ahead keeps no template longer, nor does one that was.
    private void Recognize(PersonRow person, DateTimeOffset instant)
    {
        var now = time.GetUtcNow().ToMicrosecond();
        instant = instant < now ? instant : now;
        if (person.LastRecognizedAt is not { } last || last.UtcDateTime.Date < instant.UtcDateTime.Date || last > now)
        {
            person.LastRecognizedAt = instant;
        }
    }

    private async Task<int> DerivePersonAsync(Guid personId, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var changed = 0;
        for (DateOnly? next = first; next is { } from;)
        {
            (var some, next) = await database.WriteAsync(
                "Derive", (context, cancel) => DeriveAsync(context, from, cancel), cancellationToken).ConfigureAwait(false);
            changed += some;
        }

        return changed;

        async Task<(int Changed, DateOnly? Next)> DeriveAsync(FratDbContext context, DateOnly from, CancellationToken cancel)
        {
            await database.LockPersonAsync(context, personId, cancel).ConfigureAwait(false);
            if (await context.People.FirstOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false) is not { } person)
            {
                return (0, null);
            }

            var (_, some, next) = await deriver.DeriveNextAsync(context, person, from, last, cancel).ConfigureAwait(false);
            return (some, next);
        }
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>
/// Deletes by age in a relational database: looks for candidates outside any transaction, and judges each again under the person's lock.
/// </summary>
internal sealed class Retention(
    FratDatabase database, ChangeSignal signal, Eraser eraser, ClockWatch clock, TimeProvider time, IAttendanceRules? rules = null)
        : IRetention
{
    private const string Operation = "ApplyRetention";
    private const int PeopleAtOnce = 200;

    /// <summary>How many ids go into one statement.</summary>
    private const int IdsAtOnce = 500;

    public async Task<RetentionReport> ApplyAsync(
        RetentionPolicy policy, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Check(policy.TemplateDays, nameof(policy.TemplateDays));
        Check(policy.AttendanceDays, nameof(policy.AttendanceDays));
        var now = time.GetUtcNow().ToMicrosecond();
        var report = new RetentionReport
        {
            DryRun = dryRun,
            TemplatesBefore = policy.TemplateDays is { } templateDays ? now.AddDays(-templateDays) : null,
            AttendanceBefore = policy.AttendanceDays is { } days ? FirstKept(DateOnly.FromDateTime(now.UtcDateTime).Plus(-days)) : null,
        };
        if (dryRun || !policy.Confirmed)
        {
            // The clock is looked at also where nothing is due: so it is known by the time that something is.
            var since = await clock.ObserveAsync(writes: !dryRun, cancellationToken).ConfigureAwait(false);
            var due = await ApplyAsync(report with { DryRun = true }, policy, now, cancellationToken).ConfigureAwait(false);
            if (!due.IsEmpty && !policy.Confirmed)
            {
                due = due with { Refusal =
                    await RetentionGuard.FindRefusalAsync(database, due, policy, since, now, cancellationToken).ConfigureAwait(false) };
            }

            if (dryRun || due.IsEmpty || due.Refusal is not null)
            {
                return due with { DryRun = dryRun };
            }
        }

        report = await ApplyAsync(report, policy, now, cancellationToken).ConfigureAwait(false);
        if (!report.IsEmpty)
        {
            await eraser.EraseAsync().ConfigureAwait(false);
        }

        return report;
    }

    private async Task<RetentionReport> ApplyAsync(
        RetentionReport report, RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        report = await ApplyToTemplatesAsync(report, policy, now, cancellationToken).ConfigureAwait(false);
        return report.AttendanceBefore is { } kept
            ? await ApplyToAttendanceAsync(report, policy, kept, now, cancellationToken).ConfigureAwait(false)
            : report;
    }

    private static void Check(int? days, string name)
    {
        if (days is < 1 or > RetentionPolicy.MaxDays)
        {
            throw new ArgumentOutOfRangeException(name, days, $"{name} is 1 to {RetentionPolicy.MaxDays} days, or null.");
        }
    }

    /// <summary>
    /// Whole months. By single days, the audit trail, which nobody can delete, would tell for each date who was there; and a report of a
    /// month would show less of it each day.
    /// </summary>
    private static DateOnly FirstKept(DateOnly date) => new(date.Year, date.Month, 1);

    private async Task<RetentionReport> ApplyToTemplatesAsync(
        RetentionReport report, RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await foreach (var deleted in WorkAsync(Find, DeleteAsync, report.DryRun, cancellationToken).ConfigureAwait(false))
        {
            report = report with { TemplatePeople = report.TemplatePeople + 1, Templates = report.Templates + deleted };
            if (!report.DryRun)
            {
                signal.Raise();
            }
        }

        return report;

        IQueryable<PersonRow> Find(FratDbContext context) => FindTooOld(context, report.TemplatesBefore, now);

        async Task<int> DeleteAsync(FratDbContext context, Guid personId, CancellationToken cancel)
        {
            if (!await Find(context).AnyAsync(person => person.Id == personId, cancel).ConfigureAwait(false))
            {
                return 0;
            }

            if (report.DryRun)
            {
                return await context.Templates.CountAsync(template => template.PersonId == personId, cancel).ConfigureAwait(false);
            }

            var hasEnded =
                await FindTooOld(context, before: null, now).AnyAsync(person => person.Id == personId, cancel).ConfigureAwait(false);
            var reason = hasEnded ? "No consent is in force any more." : $"Not recognised for {policy.TemplateDays} days.";
            return await TemplateRecords.DeleteAsync(
                context, personId, new AuditNote { By = IRetention.By, Reason = reason }, now, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Finds whose templates have to go: because of their age, or because all of the person's consents have ended. One that begins later
    /// has not.
    /// </summary>
    private static IQueryable<PersonRow> FindTooOld(FratDbContext context, DateTimeOffset? before, DateTimeOffset now)
    {
        var people = context.People.Where(person => context.Templates.Any(template => template.PersonId == person.Id));
        var withoutConsent = people.Where(person =>
            context.Consents.Any(consent => consent.PersonId == person.Id)
            && !context.Consents.Any(consent => consent.PersonId == person.Id
                && consent.WithdrawnAt == null
                && (consent.ExpiresAt == null || consent.ExpiresAt > now)));
        return before is not { } since ? withoutConsent : withoutConsent.Union(people.Where(person =>
            (person.LastRecognizedAt == null || person.LastRecognizedAt < since
                //// A clock that was ahead wrote it: then the punches say what they can.
                || (person.LastRecognizedAt > now && !context.Punches.Any(punch =>
                    punch.PersonId == person.Id && punch.Method == PunchMethod.Face && punch.Instant >= since && punch.Instant <= now)))
            && !context.Templates.Any(template => template.PersonId == person.Id && template.CreatedAt >= since)));
    }

    private async Task<RetentionReport> ApplyToAttendanceAsync(
        RetentionReport report, RetentionPolicy policy, DateOnly kept, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var deriver = new DayDeriver(
            rules
                ?? throw new InvalidOperationException(
                    "Attendance is deleted by days, and no IAttendanceRules are registered that say what they are. Call "
                        + "services.AddAttendanceRules()."),
            time);
        var note = new AuditNote { By = IRetention.By, Reason = $"Attendance is kept for {policy.AttendanceDays} days." };
        await foreach (var deleted in WorkAsync(Find, DeleteAsync, report.DryRun, cancellationToken).ConfigureAwait(false))
        {
            report = report with
            {
                AttendancePeople = report.AttendancePeople + 1,
                Days = report.Days + deleted.Days,
                Punches = report.Punches + deleted.Punches,
                Corrections = report.Corrections + deleted.Corrections,
                Leaves = report.Leaves + deleted.Leaves,
            };
        }

        return report;

        IQueryable<PersonRow> Find(FratDbContext context)
        {
            // What is nearer to the date may belong to a day that is kept; it goes with the next month.
            var punched = kept.Plus(-DayDeriver.ReachDays).ToDateTime(TimeOnly.MinValue);
            return context.People.Where(person =>
                context.AttendanceDays.Any(day => day.PersonId == person.Id && day.Date < kept)
                || context.Punches.Any(punch => punch.PersonId == person.Id && punch.LocalTime < punched)
                || context.Leaves.Any(leave => leave.PersonId == person.Id && leave.LastDate < kept));
        }

        async Task<DeletedAttendance> DeleteAsync(FratDbContext context, Guid personId, CancellationToken cancel)
        {
            if (await context.People.AsTracking()
                .FirstOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false) is not { } person)
            {
                return default;
            }

            if (!report.DryRun)
            {
                // A day that a change in the queue has not reached yet may be marked by a punch that belongs to an earlier one by now.
                await deriver.DeriveAsync(
                    context, person, kept, kept.Plus(2 * DayDeriver.ReachDays), added: null, cancel).ConfigureAwait(false);
                await context.SaveChangesAsync(cancel).ConfigureAwait(false);
            }

            var punches = await deriver.FindPunchesBeforeAsync(context, person, kept, cancel).ConfigureAwait(false);
            var deleted = await DeleteAttendanceAsync(context, personId, kept, punches, report.DryRun, cancel).ConfigureAwait(false);
            if (!report.DryRun && deleted != default)
            {
                person.AttendanceKeptFrom = person.AttendanceKeptFrom > kept ? person.AttendanceKeptFrom : kept;
                context.Audit(now, note, AuditActions.AttendanceDeleted, personId, old: string.Create(
                    CultureInfo.InvariantCulture,
                    $"{deleted.Days} days, {deleted.Punches} punches, {deleted.Corrections} corrections and {deleted.Leaves} leaves "
                        + $"before {kept:O}"));
            }

            return deleted;
        }
    }

    private static async Task<DeletedAttendance> DeleteAttendanceAsync(
        FratDbContext context, Guid personId, DateOnly kept, IReadOnlyList<Guid> punches, bool dryRun, CancellationToken cancellationToken)
    {
        var days =
            await DeleteAsync(context.AttendanceDays.Where(day => day.PersonId == personId && day.Date < kept)).ConfigureAwait(false);
        var leaves =
            await DeleteAsync(context.Leaves.Where(leave => leave.PersonId == personId && leave.LastDate < kept)).ConfigureAwait(false);
        var corrections = 0;
        foreach (var ids in punches.Chunk(IdsAtOnce))
        {
            corrections +=
                await DeleteAsync(context.PunchCorrections.Where(correction => ids.Contains(correction.PunchId))).ConfigureAwait(false);
            await DeleteAsync(context.Punches.Where(punch => ids.Contains(punch.Id))).ConfigureAwait(false);
        }

        return new(days, punches.Count, corrections, leaves);

        Task<int> DeleteAsync<T>(IQueryable<T> rows) =>
            dryRun ? rows.CountAsync(cancellationToken) : rows.ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Works on each person who is found, in a transaction of their own; gives what was done where there was anything.</summary>
    private async IAsyncEnumerable<T> WorkAsync<T>(
        Func<FratDbContext, IQueryable<PersonRow>> find,
        Func<FratDbContext, Guid, CancellationToken, Task<T>> work,
        bool dryRun,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : struct, IEquatable<T>
    {
        for (Guid? after = null; ;)
        {
            var people = await database.ReadAsync(Operation, NextAsync, cancellationToken).ConfigureAwait(false);
            foreach (var personId in people)
            {
                var done = dryRun
                    ? await database.ReadAsync(
                        Operation, (context, cancel) => work(context, personId, cancel), cancellationToken).ConfigureAwait(false)
                    : await database.WriteAsync(
                        Operation,
                        (context, cancel) => LockAndWorkAsync(context, personId, cancel),
                        cancellationToken).ConfigureAwait(false);
                if (!done.Equals(default))
                {
                    yield return done;
                }
            }

            if (people.Count < PeopleAtOnce)
            {
                yield break;
            }

            after = people[^1];

            Task<List<Guid>> NextAsync(FratDbContext context, CancellationToken cancel)
            {
                var found = after is { } last ? find(context).Where(person => person.Id > last) : find(context);
                return found.Select(person => person.Id).OrderBy(id => id).Take(PeopleAtOnce).ToListAsync(cancel);
            }
        }

        async Task<T> LockAndWorkAsync(FratDbContext context, Guid personId, CancellationToken cancel)
        {
            await database.LockPersonAsync(context, personId, cancel).ConfigureAwait(false);
            return await work(context, personId, cancel).ConfigureAwait(false);
        }
    }

    private readonly record struct DeletedAttendance(int Days, int Punches, int Corrections, int Leaves);
}

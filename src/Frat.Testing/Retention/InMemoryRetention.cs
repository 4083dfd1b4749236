using Frat.Storage.EfCore;

namespace Frat.Testing;

internal sealed class InMemoryRetention(InMemoryDatabase database, DayDeriver deriver, TimeProvider time) : IRetention
{
    public async Task<RetentionReport> ApplyAsync(
        RetentionPolicy policy, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Check(policy.TemplateDays, nameof(policy.TemplateDays));
        Check(policy.AttendanceDays, nameof(policy.AttendanceDays));
        _ = policy.AttendanceDays is null ? null : deriver.Rules; // Which say to which day a punch belongs.
        var now = time.GetUtcNow().ToMicrosecond();
        var keptFrom = policy.AttendanceDays is { } days ? DateOnly.FromDateTime(now.UtcDateTime).Plus(-days) : (DateOnly?)null;
        var report = new RetentionReport
        {
            DryRun = true,
            TemplatesBefore = policy.TemplateDays is { } templateDays ? now.AddDays(-templateDays) : null,

            // Whole months: by single days, the audit trail would tell for each date who was there.
            AttendanceBefore = keptFrom is { } date ? new DateOnly(date.Year, date.Month, 1) : null,
        };
        if (dryRun || !policy.Confirmed)
        {
            var since = dryRun
                ? ClockWatch.Observe(new Transaction(database.State), now)
                : await database.WriteAsync(transaction => ClockWatch.Observe(transaction, now), cancellationToken).ConfigureAwait(false);
            var due = await ApplyAsync(report, policy, now, cancellationToken).ConfigureAwait(false);
            if (!due.IsEmpty && !policy.Confirmed)
            {
                due = due with { Refusal = RetentionGuard.FindRefusal(database.State, due, policy, since, now) };
            }

            if (dryRun || due.IsEmpty || due.Refusal is not null)
            {
                return due with { DryRun = dryRun };
            }
        }

        return await ApplyAsync(report with { DryRun = false }, policy, now, cancellationToken).ConfigureAwait(false);
    }

    private static void Check(int? days, string name)
    {
        if (days is < 1 or > RetentionPolicy.MaxDays)
        {
            throw new ArgumentOutOfRangeException(name, days, $"{name} is 1 to {RetentionPolicy.MaxDays} days, or null.");
        }
    }

    // A person at a time, so that check-ins go on meanwhile.
    private async Task<RetentionReport> ApplyAsync(
        RetentionReport report, RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var id in database.State.People.Keys)
        {
            report = report.DryRun
                ? Apply(new Transaction(database.State), id, report, policy, now)
                : await database.WriteAsync(transaction => Apply(transaction, id, report, policy, now), cancellationToken)
                    .ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return report;
    }

    private RetentionReport Apply(
        Transaction transaction, Guid personId, RetentionReport report, RetentionPolicy policy, DateTimeOffset now)
    {
        if (transaction.Find(personId) is not { } record)
        {
            return report;
        }

        var hasEnded = HasNoConsent(record, now);
        if (!record.Templates.IsEmpty && (hasEnded || IsUnused(record, report.TemplatesBefore, now)))
        {
            var reason = hasEnded ? "No consent is in force any more." : $"Not recognised for {policy.TemplateDays} days.";
            var deleted = transaction.Delete(personId, new AuditNote { By = IRetention.By, Reason = reason }, now);
            report = report with { TemplatePeople = report.TemplatePeople + 1, Templates = report.Templates + deleted };
        }

        return report.AttendanceBefore is { } kept
            ? DeleteAttendance(transaction, personId, kept, report, $"Attendance is kept for {policy.AttendanceDays} days.", now)
            : report;
    }

    private static bool HasNoConsent(PersonRecord record, DateTimeOffset now) => !record.Consents.IsEmpty
        && record.Consents.TrueForAll(consent => consent.WithdrawnAt is not null || consent.ExpiresAt <= now);

    // A clock that was ahead may have written when the person was recognised: then the punches say what they can.
    private static bool IsUnused(PersonRecord record, DateTimeOffset? before, DateTimeOffset now) => before is { } since
        && (record.LastRecognizedAt is not { } last || last < since
            || (last > now && !record.Punches.Values.Select(stored => stored.Punch).Any(punch =>
                punch.Method == PunchMethod.Face && punch.Instant >= since && punch.Instant <= now)))
        && !record.Templates.Exists(template => template.Info.CreatedAt >= since);

    private RetentionReport DeleteAttendance(
        Transaction transaction, Guid personId, DateOnly kept, RetentionReport report, string reason, DateTimeOffset now)
    {
        var record = transaction.Find(personId)!;

        // What is nearer to the date may belong to a day that is kept; it goes with the next month.
        var punched = kept.Plus(-DayDeriver.ReachDays).ToDateTime(TimeOnly.MinValue);
        if (!record.Days.Keys.Any(date => date < kept)
            && !record.Punches.Values.Any(stored => stored.Punch.LocalTime < punched)
            && !record.Leaves.Exists(leave => leave.To < kept))
        {
            return report;
        }

        // A day that a change which many share has not reached yet may be marked by a punch that belongs to an earlier one by now.
        deriver.Derive(transaction, personId, kept, kept.Plus(2 * DayDeriver.ReachDays));
        record = transaction.Find(personId)!;
        var punches = deriver.FindPunchesBefore(transaction.State, record, kept).Select(id => record.Punches[id]).ToList();
        var days = record.Days.Keys.Where(date => date < kept).ToList();
        var leaves = record.Leaves.FindAll(leave => leave.To < kept);
        var corrections = punches.Sum(stored => stored.Corrections.Count);
        if (days.Count + punches.Count + leaves.Count == 0)
        {
            return report;
        }

        transaction.Save(record with
        {
            Days = record.Days.RemoveRange(days),
            Punches = record.Punches.RemoveRange(punches.Select(stored => stored.Punch.Id)),
            Leaves = record.Leaves.RemoveRange(leaves),
            AttendanceKeptFrom = record.AttendanceKeptFrom > kept ? record.AttendanceKeptFrom : kept,
        });
        transaction.State = transaction.State with
        {
            Punches = transaction.State.Punches.RemoveRange(punches.Select(stored => stored.Punch.Id)),
            Keys = transaction.State.Keys.RemoveRange(punches.Select(stored => (stored.Punch.Source, stored.Punch.IdempotencyKey))),
        };
        var old = FormattableString.Invariant(
            $"{days.Count} days, {punches.Count} punches, {corrections} corrections and {leaves.Count} leaves before {kept:O}");
        transaction.Audit(now, new AuditNote { By = IRetention.By, Reason = reason }, AuditActions.AttendanceDeleted, personId, old);
        return report with
        {
            AttendancePeople = report.AttendancePeople + 1,
            Days = report.Days + days.Count,
            Punches = report.Punches + punches.Count,
            Corrections = report.Corrections + corrections,
            Leaves = report.Leaves + leaves.Count,
        };
    }
}

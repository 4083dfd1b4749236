using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <content>What is one person's: here, assignments.</content>
internal sealed partial class ScheduleStore
{
    public Task<bool> SaveAssignmentAsync(ScheduleAssignment assignment, AuditNote note, CancellationToken cancellationToken = default)
    {
        Check(assignment);
        AuditNote.ThrowIfInvalid(note);
        string? old = null;
        return ChangePersonAsync(
            "SaveAssignment",
            assignment.PersonId,
            SaveAsync,
            note,
            AuditActions.AssignmentSaved,
            () => (old, Describe(assignment)),
            cancellationToken);

        async Task<(DateOnly, DateOnly)?> SaveAsync(FratDbContext context, CancellationToken cancel)
        {
            await RequireScheduleAsync(context, assignment.ScheduleId, cancel).ConfigureAwait(false);
            await RequireCalendarAsync(context, assignment.HolidayCalendarId, cancel).ConfigureAwait(false);
            var last = assignment.To ?? DateOnly.MaxValue;
            var overlapping = await context.ScheduleAssignments
                .Where(row => row.PersonId == assignment.PersonId
                    && row.Id != assignment.Id
                    && row.FirstDate <= last
                    && (row.LastDate == null || row.LastDate >= assignment.From))
                .OrderBy(row => row.FirstDate).FirstOrDefaultAsync(cancel).ConfigureAwait(false);
            if (overlapping is not null)
            {
                throw new ScheduleConflictException(
                    $"The person has a schedule from {overlapping.FirstDate:O} {(overlapping.LastDate is { } end ? $"to {end:O}" : "on")} "
                        + "already. End that one first.");
            }

            var stored = await context.ScheduleAssignments.AsTracking()
                .FirstOrDefaultAsync(row => row.Id == assignment.Id, cancel).ConfigureAwait(false);
            old = stored is null ? null : Describe(stored.ToAssignment());
            if (stored is null)
            {
                context.ScheduleAssignments.Add(ScheduleAssignmentRow.From(assignment));
                return (assignment.From, last);
            }

            if (stored.PersonId != assignment.PersonId)
            {
                throw new ArgumentException("The id belongs to another person's assignment.", nameof(assignment));
            }

            var (before, until) = (stored.FirstDate, stored.LastDate ?? DateOnly.MaxValue);
            context.Entry(stored).CurrentValues.SetValues(ScheduleAssignmentRow.From(assignment));
            return (before < assignment.From ? before : assignment.From, until > last ? until : last);
        }
    }

    public async Task<int> AssignAsync(
        IReadOnlyCollection<Guid> personIds,
        ScheduleAssignment assignment,
        AuditNote note,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(personIds);
        Check(assignment);
        AuditNote.ThrowIfInvalid(note);
        var count = 0;
        foreach (var personId in personIds.Distinct())
        {
            count += await AssignOneAsync(
                assignment with { Id = Guid.CreateVersion7(), PersonId = personId }, note, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return count;
    }

    private async Task<bool> AssignOneAsync(ScheduleAssignment assignment, AuditNote note, CancellationToken cancellationToken)
    {
        var (old, holds) = ((string?)null, false);
        return await ChangePersonAsync(
            "Assign",
            assignment.PersonId,
            InsertAsync,
            note,
            AuditActions.AssignmentSaved,
            () => (old, Describe(assignment)),
            cancellationToken).ConfigureAwait(false) || holds;

        async Task<(DateOnly, DateOnly)?> InsertAsync(FratDbContext context, CancellationToken cancel)
        {
            await RequireScheduleAsync(context, assignment.ScheduleId, cancel).ConfigureAwait(false);
            await RequireCalendarAsync(context, assignment.HolidayCalendarId, cancel).ConfigureAwait(false);
            var stored = await context.ScheduleAssignments.AsTracking().Where(row => row.PersonId == assignment.PersonId)
                .ToListAsync(cancel).ConfigureAwait(false);
            var held = stored.ConvertAll(row => row.ToAssignment());
            var after = ScheduleAssignment.Insert(held, assignment);
            holds = !after.Contains(assignment);
            if (holds)
            {
                return null;
            }

            var changed = held.Except(after).ToList();
            old = changed.Count == 0 ? null : string.Join("; ", changed.Select(Describe));
            context.RemoveRange(stored.Where(row => !after.Any(other => other.Id == row.Id)));

            // Apart: of two that follow each other, one can't begin where the other one still does.
            await context.SaveChangesAsync(cancel).ConfigureAwait(false);
            foreach (var other in after.Except(held))
            {
                if (stored.Find(row => row.Id == other.Id) is { } row)
                {
                    context.Entry(row).CurrentValues.SetValues(ScheduleAssignmentRow.From(other));
                }
                else
                {
                    context.ScheduleAssignments.Add(ScheduleAssignmentRow.From(other));
                }
            }

            return (assignment.From, assignment.To ?? DateOnly.MaxValue);
        }
    }

    public Task<bool> DeleteAssignmentAsync(Guid assignmentId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        return DeleteAsync(
            "DeleteAssignment",
            context => context.ScheduleAssignments.Where(row => row.Id == assignmentId),
            row => (row.PersonId, row.FirstDate, row.LastDate ?? DateOnly.MaxValue),
            note,
            AuditActions.AssignmentDeleted,
            row => Describe(row.ToAssignment()),
            cancellationToken);
    }

    public IAsyncEnumerable<ScheduleAssignment> ReadAssignmentsAsync(
        Guid? personId = null, CancellationToken cancellationToken = default) =>
        database.StreamGroupsAsync<ScheduleAssignmentRow, Guid>(
            "ReadAssignments",
            (context, after) =>
            {
                var rows = personId is { } id ? context.ScheduleAssignments.Where(row => row.PersonId == id) : context.ScheduleAssignments;
                rows = after is { } last ? rows.Where(row => row.PersonId > last) : rows;
                return rows.OrderBy(row => row.PersonId).ThenBy(row => row.FirstDate);
            },
            (rows, person) => rows.Where(row => row.PersonId == person),
            row => row.PersonId,
            cancellationToken).Select(row => row.ToAssignment());

    private static void Check(ScheduleAssignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        if (assignment.To < assignment.From)
        {
            throw new ArgumentException("The last date is before the first.", nameof(assignment));
        }
    }

    private static string Describe(ScheduleAssignment assignment) =>
        $"assignment {assignment.Id}, schedule {assignment.ScheduleId}, {assignment.From:O} "
            + $"{(assignment.To is { } last ? $"to {last:O}" : "on")}"
            + $"{(assignment.HolidayCalendarId is { } calendar ? $", calendar {calendar}" : "")}";

    /// <summary>
    /// Changes what one person's days follow from, and derives those days before it returns. More of them than fit into a transaction are
    /// derived after it, a part at a time.
    /// </summary>
    private async Task<bool> ChangePersonAsync(
        string operation,
        Guid personId,
        Func<FratDbContext, CancellationToken, Task<(DateOnly First, DateOnly Last)?>> work,
        AuditNote note,
        string action,
        Func<(string? Old, string? New)> describe,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DerivationRow? rest = null;
        var changed = await database.WriteAsync(operation, ChangeAsync, cancellationToken).ConfigureAwait(false);
        if (rest is not null)
        {
            await queue.FinishAsync(rest, cancellationToken).ConfigureAwait(false);
        }

        return changed;

        async Task<bool> ChangeAsync(FratDbContext context, CancellationToken cancel)
        {
            rest = null;
            await database.LockPersonAsync(context, personId, cancel).ConfigureAwait(false);
            var person = await context.People.FirstOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false);
            if (person is null || await work(context, cancel).ConfigureAwait(false) is not { } span)
            {
                return false;
            }

            var (before, after) = describe();
            context.Audit(now, note, action, personId, before, after);

            // Stored first, in the same transaction, so that the days are derived from what is there.
            await context.SaveChangesAsync(cancel).ConfigureAwait(false);
            var (first, last) = (span.First.Plus(-DayDeriver.ReachDays), span.Last.Plus(DayDeriver.ReachDays));
            var (_, _, next) = await deriver.DeriveNextAsync(context, person, first, last, cancel).ConfigureAwait(false);
            rest = next is { } from ? queue.AddClaimed(context, personId, from, last) : null;
            return true;
        }
    }

    private async Task<bool> DeleteAsync<T>(
        string operation,
        Func<FratDbContext, IQueryable<T>> find,
        Func<T, (Guid PersonId, DateOnly First, DateOnly Last)> span,
        AuditNote note,
        string action,
        Func<T, string> describe,
        CancellationToken cancellationToken)
        where T : class
    {
        var found = await database.ReadAsync(
            operation, (context, cancel) => find(context).FirstOrDefaultAsync(cancel), cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return false;
        }

        string? old = null;
        var deleted = await ChangePersonAsync(
            operation,
            span(found).PersonId,
            async (context, cancel) =>
            {
                // Read after the lock.
                var row = await find(context).FirstOrDefaultAsync(cancel).ConfigureAwait(false);
                if (row is null)
                {
                    return null;
                }

                context.Remove(row);
                old = describe(row);
                var (_, first, last) = span(row);
                return (first, last);
            },
            note,
            action,
            () => (old, null),
            cancellationToken).ConfigureAwait(false);
        if (deleted)
        {
            await eraser.EraseAsync().ConfigureAwait(false);
        }

        return deleted;
    }
}

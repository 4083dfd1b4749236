namespace Frat.Testing;

/// <content>What is one person's: assignments and leaves.</content>
internal sealed partial class InMemoryScheduleStore
{
    public Task<bool> SaveAssignmentAsync(ScheduleAssignment assignment, AuditNote note, CancellationToken cancellationToken = default)
    {
        Check(assignment);
        AuditNote.ThrowIfInvalid(note);

        var now = time.GetUtcNow();
        return database.WriteAsync(Save, cancellationToken);

        bool Save(Transaction transaction)
        {
            if (transaction.Find(assignment.PersonId) is not { } record)
            {
                return false;
            }

            Require(transaction.State, assignment.ScheduleId);
            RequireCalendar(transaction.State, assignment.HolidayCalendarId);
            var last = assignment.To ?? DateOnly.MaxValue;
            if (record.Assignments.Find(other =>
                other.Id != assignment.Id && other.From <= last && !(other.To < assignment.From)) is { } overlapping)
            {
                var end = overlapping.To is { } to ? $"to {to:O}" : "on";
                throw new ScheduleConflictException(
                    $"The person has a schedule from {overlapping.From:O} {end} already. End that one first.");
            }

            if (transaction.State.People.Values.Any(other =>
                other.Person.Id != assignment.PersonId && other.Assignments.Exists(one => one.Id == assignment.Id)))
            {
                throw new ArgumentException("The id belongs to another person's assignment.", nameof(assignment));
            }

            var old = record.Assignments.Find(other => other.Id == assignment.Id);
            transaction.Save(record with
            {
                Assignments = (old is null ? record.Assignments : record.Assignments.Remove(old)).Add(assignment),
            });
            transaction.Audit(
                now, note, AuditActions.AssignmentSaved, assignment.PersonId, old is null ? null : Describe(old), Describe(assignment));
            deriver.DeriveAll(transaction, assignment.PersonId);
            return true;
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
        var (count, now) = (0, time.GetUtcNow());
        foreach (var personId in personIds.Distinct())
        {
            var own = assignment with { Id = Guid.CreateVersion7(), PersonId = personId };
            count += await database.WriteAsync(transaction => Insert(transaction, own), cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return count;

        bool Insert(Transaction transaction, ScheduleAssignment own)
        {
            if (transaction.Find(own.PersonId) is not { } record)
            {
                return false;
            }

            Require(transaction.State, own.ScheduleId);
            RequireCalendar(transaction.State, own.HolidayCalendarId);
            var after = ScheduleAssignment.Insert(record.Assignments, own);
            if (after.Contains(own))
            {
                var changed = record.Assignments.Except(after).ToList();
                transaction.Save(record with { Assignments = [.. after] });
                transaction.Audit(
                    now,
                    note,
                    AuditActions.AssignmentSaved,
                    own.PersonId,
                    changed.Count == 0 ? null : string.Join("; ", changed.Select(Describe)),
                    Describe(own));
                deriver.DeriveAll(transaction, own.PersonId);
            }

            return true;
        }
    }

    public Task<bool> DeleteAssignmentAsync(Guid assignmentId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Delete, cancellationToken);

        bool Delete(Transaction transaction)
        {
            var record = transaction.State.People.Values.FirstOrDefault(one => one.Assignments.Exists(other => other.Id == assignmentId));
            if (record?.Assignments.Find(other => other.Id == assignmentId) is not { } assignment)
            {
                return false;
            }

            transaction.Save(record with { Assignments = record.Assignments.Remove(assignment) });
            transaction.Audit(now, note, AuditActions.AssignmentDeleted, record.Person.Id, Describe(assignment));
            deriver.DeriveAll(transaction, record.Person.Id);
            return true;
        }
    }

    public IAsyncEnumerable<ScheduleAssignment> ReadAssignmentsAsync(
        Guid? personId = null, CancellationToken cancellationToken = default) =>
        database.StreamAsync(
            state => state.People.Values.SelectMany(record => record.Assignments.OrderBy(assignment => assignment.From))
                .Where(assignment => personId is null || assignment.PersonId == personId),
            cancellationToken);

    public Task<bool> SaveLeaveAsync(Leave leave, AuditNote note, CancellationToken cancellationToken = default)
    {
        Leave.ThrowIfInvalid(leave);
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Save, cancellationToken);

        bool Save(Transaction transaction)
        {
            if (transaction.Find(leave.PersonId) is not { } record)
            {
                return false;
            }

            if (transaction.State.People.Values.Any(other =>
                other.Person.Id != leave.PersonId && other.Leaves.Exists(one => one.Id == leave.Id)))
            {
                throw new ArgumentException("The id belongs to another person's leave.", nameof(leave));
            }

            var old = record.Leaves.Find(other => other.Id == leave.Id);
            transaction.Save(record with { Leaves = (old is null ? record.Leaves : record.Leaves.Remove(old)).Add(leave) });
            transaction.Audit(
                now, note, AuditActions.LeaveSaved, leave.PersonId, old is null ? null : Describe(old), Describe(leave));
            deriver.DeriveAll(transaction, leave.PersonId);
            return true;
        }
    }

    public Task<bool> DeleteLeaveAsync(Guid leaveId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Delete, cancellationToken);

        bool Delete(Transaction transaction)
        {
            var record = transaction.State.People.Values.FirstOrDefault(one => one.Leaves.Exists(other => other.Id == leaveId));
            if (record?.Leaves.Find(other => other.Id == leaveId) is not { } leave)
            {
                return false;
            }

            transaction.Save(record with { Leaves = record.Leaves.Remove(leave) });
            transaction.Audit(now, note, AuditActions.LeaveDeleted, record.Person.Id, Describe(leave));
            deriver.DeriveAll(transaction, record.Person.Id);
            return true;
        }
    }

    public IAsyncEnumerable<Leave> ReadLeavesAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default) =>
        database.StreamAsync(
            state => state.People.Values.SelectMany(record => record.Leaves.OrderBy(leave => leave.From).ThenBy(leave => leave.Id))
                .Where(leave => leave.From <= lastDate && leave.To >= firstDate && (personId is null || leave.PersonId == personId)),
            cancellationToken);

    private static void Check(ScheduleAssignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        if (assignment.To < assignment.From)
        {
            throw new ArgumentException("The last date is before the first.", nameof(assignment));
        }
    }

    private static string Describe(ScheduleAssignment assignment)
    {
        var end = assignment.To is { } last ? $"to {last:O}" : "on";
        return $"assignment {assignment.Id}, schedule {assignment.ScheduleId}, {assignment.From:O} {end}";
    }

    // Not what for: that can be of health, and can't be deleted here.
    private static string Describe(Leave leave) => $"leave {leave.Id}, {leave.From:O} to {leave.To:O}, {leave.Part}";
}

using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <content>Leaves.</content>
internal sealed partial class ScheduleStore
{
    public Task<bool> SaveLeaveAsync(Leave leave, AuditNote note, CancellationToken cancellationToken = default)
    {
        Leave.ThrowIfInvalid(leave);
        AuditNote.ThrowIfInvalid(note);
        string? old = null;
        return ChangePersonAsync(
            "SaveLeave", leave.PersonId, SaveAsync, note, AuditActions.LeaveSaved, () => (old, Describe(leave)), cancellationToken);

        async Task<(DateOnly, DateOnly)?> SaveAsync(FratDbContext context, CancellationToken cancel)
        {
            var stored = await context.Leaves.AsTracking().FirstOrDefaultAsync(row => row.Id == leave.Id, cancel).ConfigureAwait(false);
            old = stored is null ? null : Describe(stored.ToLeave());
            if (stored is null)
            {
                context.Leaves.Add(LeaveRow.From(leave));
                return (leave.From, leave.To);
            }

            if (stored.PersonId != leave.PersonId)
            {
                throw new ArgumentException("The id belongs to another person's leave.", nameof(leave));
            }

            var (first, last) = (
                stored.FirstDate < leave.From ? stored.FirstDate : leave.From, stored.LastDate > leave.To ? stored.LastDate : leave.To);
            context.Entry(stored).CurrentValues.SetValues(LeaveRow.From(leave));
            return (first, last);
        }
    }

    public Task<bool> DeleteLeaveAsync(Guid leaveId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        return DeleteAsync(
            "DeleteLeave",
            context => context.Leaves.Where(row => row.Id == leaveId),
            row => (row.PersonId, row.FirstDate, row.LastDate),
            note,
            AuditActions.LeaveDeleted,
            row => Describe(row.ToLeave()),
            cancellationToken);
    }

    public IAsyncEnumerable<Leave> ReadLeavesAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default) =>
        database.StreamGroupsAsync<LeaveRow, Guid>(
            "ReadLeaves",
            (context, after) =>
            {
                var rows = (personId is { } id ? context.Leaves.Where(row => row.PersonId == id) : context.Leaves)
                    .Where(row => row.FirstDate <= lastDate && row.LastDate >= firstDate);
                rows = after is { } last ? rows.Where(row => row.PersonId > last) : rows;
                return rows.OrderBy(row => row.PersonId).ThenBy(row => row.FirstDate).ThenBy(row => row.Id);
            },
            (rows, person) => rows.Where(row => row.PersonId == person),
            row => row.PersonId,
            cancellationToken).Select(row => row.ToLeave());

    // Not what for: that can be of health, and can't be deleted here.
    private static string Describe(Leave leave) => $"leave {leave.Id}, {leave.From:O} to {leave.To:O}, {leave.Part}"
        + (leave.Part == LeavePart.Hours ? $" {leave.Start:HH:mm} to {leave.End:HH:mm}" : "");
}

using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>
/// Keeps the change stream short, and free of ids of people who were forgotten: of each person only the latest change stays, which tells a
/// reader as much as all of them, and a change of somebody who is gone becomes one of <see cref="TemplateChange.Anybody"/>. What is younger
/// than the time between two runs stays as it is, so that galleries that follow need not be filled anew; one that was away for longer is.
/// </summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class ChangeCompaction(FratDatabase database, Eraser eraser)
{
    private const string Operation = "CompactChanges";

    private long _done;
    private long _seen;

    /// <summary>Compacts what was there at the last run already.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var limit = _seen;
        _seen = await database.ReadAsync(
            Operation,
            (context, cancel) => context.TemplateChanges.MaxAsync(change => (long?)change.Sequence, cancel),
            cancellationToken).ConfigureAwait(false) ?? 0;
        if (limit <= _done)
        {
            return;
        }

        var changed = await database.WriteAsync(
            Operation, (context, cancel) => CompactAsync(context, limit, cancel), cancellationToken).ConfigureAwait(false);
        _done = limit;
        if (changed > 0)
        {
            await eraser.EraseAsync().ConfigureAwait(false);
        }
    }

    private static async Task<int> CompactAsync(FratDbContext context, long limit, CancellationToken cancellationToken)
    {
        var old = context.TemplateChanges.Where(change => change.Sequence <= limit);
        var forgotten = await old
            .Where(change => change.PersonId != TemplateChange.Anybody && !context.People.Any(person => person.Id == change.PersonId))
            .ExecuteUpdateAsync(
                set => set.SetProperty(change => change.PersonId, TemplateChange.Anybody), cancellationToken).ConfigureAwait(false);
        var superseded = await old
            .Where(change => !context.TemplateChanges.GroupBy(other => other.PersonId).Select(same => same.Max(other => other.Sequence))
                .Contains(change.Sequence))
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return forgotten + superseded;
    }
}

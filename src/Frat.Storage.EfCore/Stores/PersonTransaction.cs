namespace Frat.Storage.EfCore;

/// <summary>Changes of one person's records: one after the other, and told to all that wait for changes.</summary>
internal sealed class PersonTransaction(FratDatabase database, ChangeSignal signal, Eraser eraser)
{
    /// <summary>Runs a change, and wakes all that wait for changes when there was one.</summary>
    /// <param name="operation">The contract's method without <c>Async</c>.</param>
    /// <param name="personId">Whose records; anyone who else changes them waits.</param>
    /// <param name="change">The change; false when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="deletes">Whether what was there must be gone from the files, too.</param>
    /// <returns>What the change returned.</returns>
    public async Task<bool> RunAsync(
        string operation,
        Guid personId,
        Func<FratDbContext, CancellationToken, Task<bool>> change,
        CancellationToken cancellationToken,
        bool deletes = false)
    {
        var changed = await database.WriteAsync(operation, LockAndChangeAsync, cancellationToken).ConfigureAwait(false);
        if (changed)
        {
            signal.Raise();
            if (deletes)
            {
                await eraser.EraseAsync().ConfigureAwait(false);
            }
        }

        return changed;

        async Task<bool> LockAndChangeAsync(FratDbContext context, CancellationToken cancel)
        {
            await database.LockPersonAsync(context, personId, cancel).ConfigureAwait(false);
            return await change(context, cancel).ConfigureAwait(false);
        }
    }
}

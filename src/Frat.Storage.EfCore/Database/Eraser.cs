using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>
/// Takes what was deleted out of the database's log, after the transaction that deleted it: while somebody reads from the log it can't be
/// cut, so it is tried again, here for a moment and then by <see cref="StoreKeeper"/>. Nothing remembers it over a kill of the process,
/// because each start begins with it.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Eraser(IDbContextFactory<FratDbContext> contexts, DatabaseProvider provider, BackgroundProblems problems)
{
    public const string Work = "erasure";

    private const string Operation = "Erase";

    /// <summary>
    /// How long a call waits for readers of this process, which hold a page at a time. Real time, whatever the application's clock is.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    private readonly ChangeSignal _left = new();
    private volatile bool _isLeft;

    /// <summary>Completes when something was left for the background.</summary>
    public Task Left => _left.Next;

    /// <summary>Whether something is left for the background.</summary>
    public bool IsLeft => _isLeft;

    /// <summary>Tries until it is done or has lasted too long; never fails, because what it follows is stored.</summary>
    public async Task EraseAsync()
    {
        var started = Stopwatch.GetTimestamp();
        for (var pause = ShortestPause; !await TryAsync(CancellationToken.None).ConfigureAwait(false); pause = pause * 2 < LongestPause
            ? pause * 2
            : LongestPause)
        {
            if (Stopwatch.GetElapsedTime(started) >= Patience)
            {
                _isLeft = true;
                _left.Raise();
                return;
            }

            await Task.Delay(pause, TimeProvider.System).ConfigureAwait(false);
        }
    }

    /// <summary>Tries once what was left.</summary>
    public async Task TryLeftAsync(CancellationToken cancellationToken)
    {
        if (await TryAsync(cancellationToken).ConfigureAwait(false))
        {
            _isLeft = false;
            problems.Clear(Work);
        }
        else
        {
            problems.Report(
                Work,
                "What was deleted is still in the database's log, because another program reads the database for long. It goes as soon as "
                    + "that program lets go.");
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        if (provider.IsReadOnly)
        {
            return true;
        }

        try
        {
            var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (context.ConfigureAwait(false))
            {
                return await provider.ExecuteAsync(
                    Operation, writes: true, cancel => provider.CutLogAsync(context, cancel), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is StoreException || provider.Translate(Operation, exception) is not null)
        {
            return false;
        }
    }
}

namespace Frat.Cli.People;

/// <summary>Bounds the bytes of photos that are in memory at once, however many workers there are. Thread-safe.</summary>
internal sealed class PhotoBudget : IDisposable
{
    private const int Unit = 1024 * 1024;
    private const int Units = 64;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _units = new(Units);

    /// <summary>Waits until there is room. A caller that needs more than there is gets all of it, and is alone.</summary>
    /// <returns>What to give back.</returns>
    public async Task<int> TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Clamp((bytes + Unit - 1) / Unit, 1, Units);

        // One at a time: two that each hold a half would wait for each other for ever.
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        var taken = 0;
        try
        {
            for (; taken < wanted; taken++)
            {
                await _units.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            return taken;
        }
        catch
        {
            GiveBack(taken);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void GiveBack(int units)
    {
        if (units > 0)
        {
            _units.Release(units);
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _units.Dispose();
    }
}

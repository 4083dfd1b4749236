namespace Frat.Dlib;

/// <summary>
/// Lets calls work in the order in which they came: so many at once, and on images of so many pixels together. A call with more pixels than that
/// works when no other does. Thread-safe.
/// </summary>
internal sealed class Turns(int maxCalls, long maxPixels)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly long _maxPixels = maxPixels;
    private int _freeCalls = maxCalls;
    private long _freePixels = maxPixels;

    /// <summary>Waits for a turn, without holding a thread.</summary>
    /// <param name="pixels">Of the image, 0 and up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The turn, to be disposed at its end.</returns>
    public async ValueTask<Turn> WaitAsync(long pixels, CancellationToken cancellationToken)
    {
        pixels = Math.Min(pixels, _maxPixels);
        LinkedListNode<Waiter> waiter;
        lock (_gate)
        {
            if (_waiting.Count == 0 && TryTake(pixels))
            {
                return new Turn(this, pixels);
            }

            waiter = _waiting.AddLast(new Waiter(pixels));
        }

        using (cancellationToken.UnsafeRegister((_, token) => GiveUp(waiter, token), null))
        {
            await waiter.Value.Served.Task.ConfigureAwait(false);
        }

        return new Turn(this, pixels);
    }

    private bool TryTake(long pixels)
    {
        if (_freeCalls == 0 || _freePixels < pixels)
        {
            return false;
        }

        _freeCalls--;
        _freePixels -= pixels;
        return true;
    }

    private void End(long pixels)
    {
        lock (_gate)
        {
            _freeCalls++;
            _freePixels += pixels;
            Serve();
        }
    }

    private void GiveUp(LinkedListNode<Waiter> waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (waiter.List is null)
            {
                return; // It has its turn.
            }

            _waiting.Remove(waiter);
            waiter.Value.Served.SetCanceled(cancellationToken);
            Serve(); // It may have been what the others waited behind.
        }
    }

    private void Serve()
    {
        while (_waiting.First is { } next && TryTake(next.Value.Pixels))
        {
            _waiting.Remove(next);
            next.Value.Served.SetResult();
        }
    }

    /// <summary>A call's turn.</summary>
    internal readonly struct Turn(Turns turns, long pixels) : IDisposable
    {
        public void Dispose() => turns.End(pixels);
    }

    private sealed class Waiter(long pixels)
    {
        public long Pixels { get; } = pixels;

        // Whoever ends a turn must not run on with the call that gets it.
        public TaskCompletionSource Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

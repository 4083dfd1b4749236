namespace Frat;

/// <summary>
/// Lets calls work: so many at once, and on images of so many pixels together. Urgent ones go first, three for each other one that waits,
/// and else in the order in which they came. A call with more pixels than that works when no other does. Thread-safe.
/// </summary>
internal sealed class WorkSlots(int maxCalls, long maxPixels)
{
    // Anyone who stands before a camera waits; but those who don't must not wait for ever.
    private const int UrgentInARow = 3;

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _urgent = [];
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly long _maxPixels = maxPixels;
    private int _freeCalls = maxCalls;
    private long _freePixels = maxPixels;
    private int _urgentServed;

    /// <summary>Waits for a turn, without holding a thread.</summary>
    /// <param name="pixels">Of the image, 0 and up.</param>
    /// <param name="isUrgent">Whether it goes before those that are not.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The slot, to be disposed at its end.</returns>
    public async ValueTask<Slot> WaitAsync(long pixels, bool isUrgent, CancellationToken cancellationToken)
    {
        pixels = Math.Min(pixels, _maxPixels);
        LinkedListNode<Waiter> waiter;
        lock (_gate)
        {
            if (_urgent.Count + _waiting.Count == 0 && TryTake(pixels))
            {
                return new Slot(this, pixels);
            }

            waiter = (isUrgent ? _urgent : _waiting).AddLast(new Waiter(pixels));
            Serve(); // It may go before one that waits for more than is free.
        }

        using (cancellationToken.UnsafeRegister((_, token) => GiveUp(waiter, token), null))
        {
            await waiter.Value.Served.Task.ConfigureAwait(false);
        }

        return new Slot(this, pixels);
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
            if (waiter.List is not { } list)
            {
                return; // It has its turn.
            }

            list.Remove(waiter);
            waiter.Value.Served.SetCanceled(cancellationToken);
            Serve(); // It may have been what the others waited behind.
        }
    }

    private void Serve()
    {
        while (Next() is { } next && TryTake(next.Value.Pixels))
        {
            _urgentServed = next.List == _urgent ? _urgentServed + 1 : 0;
            next.List!.Remove(next);
            next.Value.Served.SetResult();
        }
    }

    private LinkedListNode<Waiter>? Next() =>
        _urgent.First is { } urgent && (_urgentServed < UrgentInARow || _waiting.Count == 0) ? urgent : _waiting.First;

    /// <summary>A call's slot.</summary>
    internal readonly struct Slot(WorkSlots slots, long pixels) : IDisposable
    {
        public void Dispose() => slots.End(pixels);
    }

    private sealed class Waiter(long pixels)
    {
        public long Pixels { get; } = pixels;

        // The one who ends a turn must not run on with the call that gets it.
        public TaskCompletionSource Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

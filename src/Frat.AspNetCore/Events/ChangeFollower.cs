namespace Frat.AspNetCore;

/// <summary>
/// Follows what is added to the attendance log, by this host and others on the same store, while somebody listens; and only then asks the
/// store. See ADR 0028.
/// </summary>
/// <remarks>
/// Thread-safe. No moment of the store is a cursor by itself: a punch with an earlier one may be stored, or seen, later than one with a
/// later one. So it reads again what came within <see cref="Overlap"/> each time, and knows by their ids what it has told already.
/// </remarks>
internal sealed class ChangeFollower(IAttendanceLog log, TimeProvider time, ILogger<ChangeFollower> logger) : IDisposable
{
    /// <summary>
    /// How much later than others a change may be seen: what clocks of hosts differ, and a transaction takes, with all that it waits for.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    /// <summary>How often the store is asked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<EventListener> _listeners = [];
    private Round? _round;

    /// <summary>Until when all that was added is known, but what is seen late; null while nobody listens.</summary>
    public DateTimeOffset? KnownUntil
    {
        get
        {
            lock (_lock)
            {
                return _round?.KnownUntil;
            }
        }
    }

    /// <summary>
    /// Begins to listen: to all that is added from when this completes, and perhaps to some of what was added shortly before.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The listener, to be disposed.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<EventListener> JoinAsync(CancellationToken cancellationToken)
    {
        var listener = new EventListener(this);
        Round round;
        lock (_lock)
        {
            _listeners.Add(listener);
            if (_round is null)
            {
                var first = _round = new Round(time.GetUtcNow());
                _ = Task.Run(() => FollowAsync(first), CancellationToken.None);
            }

            round = _round;
        }

        try
        {
            await round.Ready.Task.WaitAsync(cancellationToken);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    public void Leave(EventListener listener)
    {
        Round? last;
        lock (_lock)
        {
            if (!_listeners.Remove(listener) || _listeners.Count > 0)
            {
                return;
            }

            (last, _round) = (_round, null);
        }

        last?.Stop.Cancel();
    }

    public void Dispose()
    {
        Round? last;
        lock (_lock)
        {
            (last, _round) = (_round, null);
        }

        last?.Stop.Cancel();
    }

    /// <summary>Asks the store as long as somebody listens.</summary>
    private async Task FollowAsync(Round round)
    {
        var stop = round.Stop.Token;
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            do
            {
                await ReadAsync(round, stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        finally
        {
            round.Stop.Dispose();
            round.Ready.TrySetCanceled(CancellationToken.None);
        }
    }

    private async Task ReadAsync(Round round, CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            await foreach (var change in log.ReadChangesAsync(round.KnownUntil - Overlap, cancellationToken))
            {
                // What was there when the first came is known, and told nobody.
                if (round.Told.TryAdd(change.Id, change.At) && round.Ready.Task.IsCompleted)
                {
                    Tell(round, change);
                }
            }

            lock (_lock)
            {
                round.KnownUntil = now > round.KnownUntil ? now : round.KnownUntil;
            }

            round.Forget(round.KnownUntil - Overlap);
            round.Ready.TrySetResult();
            round.Fails = false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (!round.Ready.Task.IsCompleted)
            {
                End(round, exception);
                return;
            }

            // The next time reads from where this one began: nothing is lost. Said once.
            if (!round.Fails)
            {
                round.Fails = true;
                logger.EventsLate(exception.Message);
            }
        }
    }

    private void Tell(Round round, AttendanceChange change)
    {
        EventListener[] listeners;
        lock (_lock)
        {
            listeners = _round == round ? [.. _listeners] : [];
        }

        foreach (var listener in listeners)
        {
            listener.Write(change);
        }
    }

    /// <summary>Who waits for the beginning hears that there is none; the next who comes tries again.</summary>
    private void End(Round round, Exception exception)
    {
        lock (_lock)
        {
            if (_round == round)
            {
                _round = null;
            }
        }

        round.Ready.TrySetException(exception);
        round.Stop.Cancel();
    }

    /// <summary>From when the first comes until the last has left.</summary>
    private sealed class Round(DateTimeOffset knownUntil)
    {
        public CancellationTokenSource Stop { get; } = new();

        /// <summary>Completes when it is known what was there at the beginning.</summary>
        public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>What was told, or there at the beginning, as long as the store may give it again.</summary>
        public Dictionary<Guid, DateTimeOffset> Told { get; } = [];

        public DateTimeOffset KnownUntil { get; set; } = knownUntil;

        public bool Fails { get; set; }

        public void Forget(DateTimeOffset before)
        {
            foreach (var (id, _) in Told.Where(told => told.Value < before).ToList())
            {
                Told.Remove(id);
            }
        }
    }
}

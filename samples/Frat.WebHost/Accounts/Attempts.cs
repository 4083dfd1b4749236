namespace Frat.WebHost;

/// <summary>How often may be tried, and how long has to be waited then.</summary>
/// <param name="Free">How many tries are free.</param>
/// <param name="Wait">How long after the last try the next one may be, by how many there were beyond <paramref name="Free"/>.</param>
/// <param name="Memory">After how long without a try the earlier ones are forgotten.</param>
/// <param name="MaxKeys">How many keys are held at most.</param>
internal sealed record AttemptLimits(int Free, Func<int, TimeSpan> Wait, TimeSpan Memory, int MaxKeys);

/// <summary>Counts tries by where they come from, or whom they are for, in this process.</summary>
/// <remarks>
/// Thread-safe. A try counts when it begins, as a failure until <see cref="Succeeded"/>: who sends a thousand at once doesn't get in before
/// the first has failed.
/// </remarks>
internal sealed class Attempts<TKey>(AttemptLimits limits, TimeProvider time)
    where TKey : notnull
{
    private readonly Dictionary<TKey, (int Failures, DateTimeOffset Last)> _keys = [];
    private readonly Lock _lock = new();

    /// <summary>How long has to be waited before the next try; zero when there may be one.</summary>
    public TimeSpan WaitOf(TKey key)
    {
        lock (_lock)
        {
            return Left(key);
        }
    }

    /// <summary>Begins a try.</summary>
    /// <returns>How long has to be waited instead; zero when it has begun.</returns>
    public TimeSpan Begin(TKey key)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (Left(key) is { Ticks: > 0 } left)
            {
                return left;
            }

            if (_keys.Count >= limits.MaxKeys)
            {
                Forget(now);
            }

            var failures = _keys.TryGetValue(key, out var entry) && now - entry.Last < limits.Memory ? entry.Failures : 0;
            _keys[key] = (failures + 1, now);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Forgets the failures.</summary>
    public void Succeeded(TKey key)
    {
        lock (_lock)
        {
            _keys.Remove(key);
        }
    }

    /// <summary>Takes one try back, by which nothing could be learnt.</summary>
    public void TakeBack(TKey key)
    {
        lock (_lock)
        {
            if (_keys.TryGetValue(key, out var entry) && entry.Failures > 0)
            {
                _keys[key] = (entry.Failures - 1, entry.Last);
            }
        }
    }

    private TimeSpan Left(TKey key)
    {
        if (!_keys.TryGetValue(key, out var entry) || entry.Failures < limits.Free)
        {
            return TimeSpan.Zero;
        }

        var left = entry.Last + limits.Wait(entry.Failures - limits.Free) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var old in _keys.Where(entry => now - entry.Value.Last >= limits.Memory).Select(entry => entry.Key).ToList())
        {
            _keys.Remove(old);
        }

        if (_keys.Count >= limits.MaxKeys)
        {
            foreach (var (oldest, _) in _keys.OrderBy(entry => entry.Value.Last).Take(Math.Max(1, limits.MaxKeys / 10)).ToList())
            {
                _keys.Remove(oldest);
            }
        }
    }
}

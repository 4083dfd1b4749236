using System.Diagnostics;

namespace Frat.Compare.Attack;

/// <summary>Keeps connections together to a number of units a second.</summary>
internal sealed class Pace(double perSecond)
{
    private readonly Lock _lock = new();
    private TimeSpan _next;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Waits until so many units may go.</summary>
    public Task WaitAsync(double units, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = Stopwatch.GetElapsedTime(_start);
            var turn = _next > now ? _next : now;
            wait = turn - now;
            _next = turn + TimeSpan.FromSeconds(units / perSecond);
        }

        return Task.Delay(wait, cancellationToken);
    }
}

using System.Threading.RateLimiting;

namespace Frat.AspNetCore;

/// <summary>Bounds how many listen at once: each holds a connection for as long as it likes.</summary>
/// <remarks>Thread-safe. Calls from inside of the process have no address, and no bound of their own.</remarks>
internal sealed class EventTurns(Refusals refusals) : IDisposable
{
    public const int AtOnce = 100;
    public const int AtOnceForAddress = 40; // All who come by way of one proxy are one address.

    private readonly PartitionedRateLimiter<RemoteAddress> _turns = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<RemoteAddress, RemoteAddress>(from => from.Value is null
            ? RateLimitPartition.GetNoLimiter(from)
            : RateLimitPartition.GetConcurrencyLimiter(from, _ => Bound(AtOnceForAddress))),
        PartitionedRateLimiter.Create<RemoteAddress, int>(_ => RateLimitPartition.GetConcurrencyLimiter(0, _ => Bound(AtOnce))));

    public static FratProblem Busy { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "busy", "Too many listen already. Please try again later.")
    {
        RetryAfter = TimeSpan.FromSeconds(30),
    };

    /// <summary>Takes a place.</summary>
    /// <returns>The place, to be disposed; null when all are taken.</returns>
    public IDisposable? Enter(RemoteAddress from)
    {
        var turn = _turns.AttemptAcquire(from);
        if (turn.IsAcquired)
        {
            return turn;
        }

        turn.Dispose();
        refusals.Count(Busy.Code);
        return null;
    }

    public void Dispose() => _turns.Dispose();

    private static ConcurrencyLimiterOptions Bound(int atOnce) => new() { PermitLimit = atOnce, QueueLimit = 0 };
}

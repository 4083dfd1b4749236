using System.Threading.RateLimiting;

namespace Frat.WebHost;

/// <summary>
/// Bounds the memory that uploads take at once, by their announced length: a hundred webcam frames pass side by side, of the
/// largest photos only two. The others wait, in order, with their bodies unread.
/// </summary>
/// <remarks>
/// A request holds its permits until it is answered. In the worst case that is 64 MiB of bodies, and 128 KiB of network buffer
/// for each of 128 waiting requests: 80 MiB in all, whatever is sent.
/// </remarks>
internal sealed class UploadGate(UploadLimits limits, ILogger<UploadGate> logger) : IDisposable
{
    private const int MebibytesAtOnce = 64;
    private const int MaxWaiting = 128;
    private const int Mebibyte = 1024 * 1024;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = MebibytesAtOnce,
        QueueLimit = MaxWaiting * MebibytesAtOnce, // Counted in permits; how many requests wait is bounded below.
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private int _waiting;

    public static Failure Busy { get; } = new(StatusCodes.Status503ServiceUnavailable, "busy", "Too many uploads are waiting already. Please try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public async ValueTask<RateLimitLease> EnterAsync(long? announcedBytes, CancellationToken cancellationToken)
    {
        var bytes = Math.Min(announcedBytes ?? limits.MaxRequestBytes, limits.MaxRequestBytes);
        var permits = (int)Math.Clamp((bytes + Mebibyte - 1) / Mebibyte, 1, MebibytesAtOnce);
        var lease = _limiter.AttemptAcquire(permits);
        if (lease.IsAcquired)
        {
            return lease;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
            {
                logger.UploadTurnedAway(MaxWaiting);
                return lease;
            }

            lease.Dispose();
            return await _limiter.AcquireAsync(permits, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _limiter.Dispose();
}

using System.Threading.RateLimiting;

namespace Frat.WebHost;

/// <summary>
/// Bounds the memory that uploads take at once, by their announced length. Camera frames have a lane of their own, so that no photo of
/// many megabytes holds them up. Others wait, in order, with their bodies unread.
/// </summary>
/// <remarks>
/// A request holds its permits until it is answered; how long its body may take is <see cref="UploadedForm"/>'s to bound. In the worst
/// case that is 64 MiB of bodies, and 128 KiB of network buffer for each of 128 waiting requests: 80 MiB. What is decoded
/// from them is bounded by the engine, which has as many images in work as the machine has cores.
/// </remarks>
internal sealed class UploadGate(UploadLimits limits, TimeProvider time, ILogger<UploadGate> logger) : IDisposable
{
    private const int Mebibyte = 1024 * 1024;
    private const int LargestFrame = 2; // In MiB, as all that follow.
    private const int FramesAtOnce = 16;
    private const int PhotosAtOnce = 48;
    private const int MaxWaiting = 128;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrencyLimiter _frames = Lane(FramesAtOnce);
    private readonly ConcurrencyLimiter _photos = Lane(PhotosAtOnce);
    private int _waiting;

    public static Failure Busy { get; } = new(StatusCodes.Status503ServiceUnavailable, "busy", "Too many uploads are waiting already. Please try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    /// <summary>Waits for a turn.</summary>
    /// <param name="announcedBytes">The length that the request announces; without one it isn't read anyway.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The turn, to be disposed; not acquired when too many wait, or it took too long.</returns>
    public async ValueTask<RateLimitLease> EnterAsync(long? announcedBytes, CancellationToken cancellationToken)
    {
        var bytes = Math.Min(announcedBytes ?? 0, limits.MaxRequestBytes);
        var permits = (int)Math.Clamp((bytes + Mebibyte - 1) / Mebibyte, 1, PhotosAtOnce);
        var lane = permits <= LargestFrame ? _frames : _photos;
        var lease = lane.AttemptAcquire(permits);
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

            using var limit = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return await lane.AcquireAsync(permits, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return lease;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose()
    {
        _frames.Dispose();
        _photos.Dispose();
    }

    // The queue is counted in permits too; how many requests wait is bounded above.
    private static ConcurrencyLimiter Lane(int mebibytes) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = mebibytes,
        QueueLimit = MaxWaiting * mebibytes,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}

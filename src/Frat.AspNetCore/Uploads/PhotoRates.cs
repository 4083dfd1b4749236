using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Frat.AspNetCore;

/// <summary>Bounds what one address costs by photos that are no check-ins, which it may send without being known.</summary>
/// <remarks>Thread-safe. Calls from inside of the process have no address, and no bound.</remarks>
internal sealed class PhotoRates(IOptions<FratUploadOptions> options, Refusals refusals) : IDisposable
{
    private readonly PartitionedRateLimiter<RemoteAddress> _photos = Limiter(from => Photos(from, options.Value.PhotosPerMinute));
    private readonly PartitionedRateLimiter<RemoteAddress> _duplicates = Limiter(
        from => Duplicates(from, options.Value.DuplicatesPerMinute));

    /// <summary>Takes what photos cost.</summary>
    /// <returns>Why they are refused; null when they aren't.</returns>
    public FratProblem? Spend(RemoteAddress from, int photos) => photos == 0 ? null : Take(_photos, from, photos);

    /// <summary>Whether the address may still try a registration.</summary>
    public FratProblem? CheckDuplicates(RemoteAddress from) => Take(_duplicates, from, 0);

    /// <summary>Takes what a refused registration of a known face costs.</summary>
    public void SpendDuplicate(RemoteAddress from) => _duplicates.AttemptAcquire(from).Dispose();

    public void Dispose()
    {
        _photos.Dispose();
        _duplicates.Dispose();
    }

    private static PartitionedRateLimiter<RemoteAddress> Limiter(Func<RemoteAddress, RateLimitPartition<RemoteAddress>> limited) =>
        PartitionedRateLimiter.Create<RemoteAddress, RemoteAddress>(
            from => from.Value is null ? RateLimitPartition.GetNoLimiter(from) : limited(from));

    private static RateLimitPartition<RemoteAddress> Photos(RemoteAddress from, int perMinute) =>
        RateLimitPartition.GetTokenBucketLimiter(from, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(perMinute, EnrollmentRequest.MaxPhotos),
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
            QueueLimit = 0,
        });

    // A window, not a bucket: a part of a token, which a bucket always has, would let the next try pass.
    private static RateLimitPartition<RemoteAddress> Duplicates(RemoteAddress from, int perMinute) =>
        RateLimitPartition.GetSlidingWindowLimiter(from, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });

    private FratProblem? Take(PartitionedRateLimiter<RemoteAddress> limiter, RemoteAddress from, int permits)
    {
        using var lease = limiter.AttemptAcquire(from, permits);
        if (lease.IsAcquired)
        {
            return null;
        }

        refusals.Count("tooManyRequests");
        return new FratProblem(
            StatusCodes.Status429TooManyRequests,
            "tooManyRequests",
            "Too many photos came from this address in a short time. Please try again later.")
        {
            RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var delay) && delay > TimeSpan.FromSeconds(1)
                ? delay
                : TimeSpan.FromSeconds(1),
        };
    }
}

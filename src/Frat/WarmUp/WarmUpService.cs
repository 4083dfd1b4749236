using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat;

/// <summary>
/// Warms everything that is slow the first time, before the host serves anybody. What fails there fails, if it does, in a check-in again,
/// where it is answered; it is no reason not to start.
/// </summary>
internal sealed class WarmUpService(IEnumerable<IWarmUp> ways, TimeProvider time, ILogger<WarmUpService> logger) : IHostedService
{
    /// <summary>How long it takes at most: a host that is slow the first time is better than none.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        foreach (var way in ways)
        {
            try
            {
                await way.WarmUpAsync(either.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.NotWarm(way.GetType().Name, exception);
            }
        }

        logger.Warm(time.GetElapsedTime(start).TotalSeconds);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

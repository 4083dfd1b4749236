using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat;

/// <summary>Fills the gallery before the host serves anybody, and keeps it fresh until the host stops.</summary>
internal sealed class GalleryFollower(FaceGallery gallery, TimeProvider time, ILogger<GalleryFollower> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await gallery.RefreshAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await gallery.WaitForChangesAsync(stoppingToken).ConfigureAwait(false);
                await gallery.RefreshAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Also when the host is disposed without having been stopped: then nobody expects this exception.
                return;
            }
            catch (EncodingStoreException exception)
            {
                // A store that is away for a while must not end the host: people who are in the gallery are still recognised.
                logger.GalleryNotRefreshed(exception, RetryDelay);
                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

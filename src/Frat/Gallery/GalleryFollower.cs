using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat;

/// <summary>
/// Fills the gallery before the host serves anybody, and keeps it fresh until the host stops. Nothing that goes wrong on the way ends the
/// host.
/// </summary>
internal sealed class GalleryFollower(FaceGallery gallery, TimeProvider time, BackgroundProblems problems, ILogger<GalleryFollower> logger)
    : BackgroundService
{
    public const string Work = "gallery";

    /// <summary>
    /// How long at most between two looks at the store: so the gallery is known to be fresh, and who could not be read is tried again.
    /// </summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await gallery.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (EncodingStoreException or OperationCanceledException))
        {
            // Whatever it is, it is not that the store is away: readiness waits until a later try has filled the gallery.
            Fail(exception);
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = FirstPause; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await WaitAsync(stoppingToken).ConfigureAwait(false);
                await gallery.RefreshAsync(stoppingToken).ConfigureAwait(false);
                pause = FirstPause;
                if (problems.Clear(Work))
                {
                    logger.GalleryFollowsAgain();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Also when the host is disposed without having been stopped: then nobody expects this exception.
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is must not end the host: people who are in the gallery are still recognised.
                Fail(exception);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var interval = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, interval.Token);
        try
        {
            await gallery.WaitForChangesAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
        }
    }

    private void Fail(Exception exception)
    {
        if (problems.Report(Work, $"The gallery can't follow the store: {BackgroundProblems.Describe(exception)}"))
        {
            logger.GalleryNotRefreshed(exception);
        }
    }
}

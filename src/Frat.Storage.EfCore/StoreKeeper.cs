using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>
/// Does what no call waits for: cuts the log where a reader was in the way of it, takes ids of forgotten people out of the change stream,
/// and watches the clock.
/// </summary>
internal sealed class StoreKeeper(
    FratDatabase database,
    DatabaseProvider provider,
    Eraser eraser,
    ClockWatch clock,
    BackgroundProblems problems,
    TimeProvider time,
    ILogger<StoreKeeper> logger)
    : BackgroundService
{
    public const string Work = "store.upkeep";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How soon to try again while something is left to be erased.</summary>
    public static readonly TimeSpan EraseInterval = TimeSpan.FromSeconds(1);

    private readonly ChangeCompaction _changes = new(database, eraser);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (provider.IsReadOnly)
        {
            return;
        }

        for (var upkept = (long?)null; !stoppingToken.IsCancellationRequested;)
        {
            var left = eraser.Left;
            try
            {
                if (eraser.IsLeft)
                {
                    await eraser.TryLeftAsync(stoppingToken).ConfigureAwait(false);
                }

                if (upkept is not { } last || time.GetElapsedTime(last) >= Interval)
                {
                    upkept = time.GetTimestamp();
                    await clock.ObserveAsync(writes: true, stoppingToken).ConfigureAwait(false);
                    await _changes.RunAsync(stoppingToken).ConfigureAwait(false);
                    problems.Clear(Work);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is, check-ins must go on.
                if (problems.Report(Work, BackgroundProblems.Describe(exception)))
                {
                    Log.UpkeepFailed(logger, Interval, exception);
                }
            }

            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(left, Task.Delay(eraser.IsLeft ? EraseInterval : Interval, time, waiting.Token)).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>Keeps days up to date while nobody punches: judges those that are over, and works off changes that many people share.</summary>
internal sealed class DayKeeper(IServiceProvider services, TimeProvider time, ILogger<DayKeeper> logger) : BackgroundService
{
    /// <summary>How often to look whether a day is over, or another process has added something.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A program that keeps no attendance has no rules, and no days.
        if (services.GetService<IAttendanceRules>() is null)
        {
            return;
        }

        var queue = services.GetRequiredService<DerivationQueue>();
        while (!stoppingToken.IsCancellationRequested)
        {
            var added = queue.Added;
            try
            {
                await queue.RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is, check-ins must go on.
                Log.DaysNotKept(logger, Interval, exception);
            }

            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(added, Task.Delay(Interval, time, waiting.Token)).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
        }
    }
}

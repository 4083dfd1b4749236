using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>Deletes once a day what is too old. Each host on a database may do so: the second finds nothing.</summary>
internal sealed class RetentionService(
    IServiceProvider services,
    IOptions<RetentionOptions> options,
    TimeProvider time,
    BackgroundProblems problems,
    ILogger<RetentionService> logger) : BackgroundService
{
    public const string Work = "retention";

    /// <summary>Not at once: anyone who starts a host wants to check in, and anyone who restarts it in a loop wants nothing else.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    public static readonly TimeSpan RetryDelay = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A store need not delete by age.
        if (!options.Value.Enabled || services.GetService<IRetention>() is not { } retention)
        {
            return;
        }

        for (var delay = FirstDelay; ;)
        {
            await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            delay = await TryApplyAsync(retention, stoppingToken).ConfigureAwait(false) ? Interval : RetryDelay;
        }
    }

    private async Task<bool> TryApplyAsync(IRetention retention, CancellationToken stoppingToken)
    {
        try
        {
            var report = await retention.ApplyAsync(options.Value.ToPolicy(), options.Value.DryRun, stoppingToken).ConfigureAwait(false);
            if (report.Refusal is { } refusal)
            {
                // Somebody has to look: it stays a problem until a run has nothing in its way.
                problems.Report(Work, refusal);
                logger.RetentionRefused(refusal);
                return true;
            }

            problems.Clear(Work);
            if (report.DryRun)
            {
                logger.WouldDelete(
                    report.Templates,
                    report.TemplatePeople,
                    report.Days,
                    report.Punches,
                    report.Corrections,
                    report.Leaves,
                    report.AttendancePeople);
            }
            else if (!report.IsEmpty)
            {
                logger.Deleted(
                    report.Templates,
                    report.TemplatePeople,
                    report.Days,
                    report.Punches,
                    report.Corrections,
                    report.Leaves,
                    report.AttendancePeople);
            }

            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception exception)
        {
            // Whatever it is, check-ins must go on.
            problems.Report(Work, BackgroundProblems.Describe(exception));
            logger.NotDeleted(exception, RetryDelay);
            return false;
        }
    }
}

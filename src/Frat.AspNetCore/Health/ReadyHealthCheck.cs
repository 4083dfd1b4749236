using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Frat.AspNetCore;

/// <summary>
/// Ready means that a check-in would work: the store writes, the keys are there, and the gallery follows the store, so that nobody is
/// recognised who was revoked. The models were loaded before the host listened. What fails in the background meanwhile makes the host
/// degraded: people still check in.
/// </summary>
internal sealed class ReadyHealthCheck(
    IStoreProbe store, FaceGallery gallery, BackgroundProblems background, TimeProvider time, ILogger<ReadyHealthCheck> logger)
        : IHealthCheck
{
    /// <summary>The gallery follows each second; after this, what is revoked may still be recognised.</summary>
    public static readonly TimeSpan MaxGalleryAge = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private (string? Problem, DateTimeOffset At) _said;
    private (string? Problem, DateTimeOffset At) _saidOfBackground;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problem = (await store.ProbeAsync(cancellationToken)).Problem
            ?? (gallery.Age is { } age && age <= MaxGalleryAge
                ? null
                : $"The gallery has not followed the store for more than {MaxGalleryAge.TotalSeconds:0} seconds: who was revoked since may "
                    + "still be recognised.");
        var behind = background.Current is [_, ..] all ? string.Join("; ", all.Select(one => $"{one.Work}: {one.Problem}")) : null;
        if (IsNews(ref _said, problem))
        {
            if (problem is null)
            {
                logger.ReadyAgain();
            }
            else
            {
                logger.NotReady(problem);
            }
        }

        if (IsNews(ref _saidOfBackground, behind) && behind is not null)
        {
            logger.BackgroundFails(behind);
        }

        return problem is not null ? HealthCheckResult.Unhealthy(problem)
            : behind is not null ? HealthCheckResult.Degraded(behind)
            : HealthCheckResult.Healthy();
    }

    // Anybody may ask, as often as they like; the log says it once a minute.
    private bool IsNews(ref (string? Problem, DateTimeOffset At) said, string? problem)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (problem == said.Problem && (problem is null || (now - said.At).Duration() < Window))
            {
                return false;
            }

            said = (problem, now);
            return true;
        }
    }
}

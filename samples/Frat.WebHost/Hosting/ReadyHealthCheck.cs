using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Frat.WebHost;

/// <summary>
/// Ready means that a check-in would work: the store writes, the keys are there, and the gallery follows the store, so that nobody is recognised who was
/// revoked. The models were loaded before the host listened.
/// </summary>
internal sealed class ReadyHealthCheck(IStoreProbe store, FaceGallery gallery, TimeProvider time, ILogger<ReadyHealthCheck> logger) : IHealthCheck
{
    public const string Name = "ready";

    /// <summary>The gallery follows each second; after this, what is revoked may still be recognised.</summary>
    public static readonly TimeSpan MaxGalleryAge = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private (string? Problem, DateTimeOffset At) _said;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problem = (await store.ProbeAsync(cancellationToken)).Problem
            ?? (gallery.Age is { } age && age <= MaxGalleryAge
                ? null
                : $"The gallery has not followed the store for more than {MaxGalleryAge.TotalSeconds:0} seconds: who was revoked since may still be recognised.");
        Say(problem);
        return problem is not null ? HealthCheckResult.Unhealthy(problem)
            : gallery.UnreadablePeople > 0 ? HealthCheckResult.Degraded($"The templates of {gallery.UnreadablePeople} people can't be read: they are not recognised.")
            : HealthCheckResult.Healthy();
    }

    // Anybody may ask, as often as they like; the log says it once a minute.
    private void Say(string? problem)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (problem == _said.Problem && (problem is null || (now - _said.At).Duration() < Window))
            {
                return;
            }

            _said = (problem, now);
        }

        if (problem is null)
        {
            logger.ReadyAgain();
        }
        else
        {
            logger.NotReady(problem);
        }
    }
}

/// <summary>Where whoever runs the host asks how it is.</summary>
internal static class Health
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReadyHealthCheck>();
        builder.Services.AddHealthChecks().AddCheck<ReadyHealthCheck>(ReadyHealthCheck.Name);
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None); // It logs at each call; the check says it itself.
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}

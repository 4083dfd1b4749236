using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Frat.WebHost;

/// <summary>Where anyone who runs the host asks how it is. The models were loaded before the host listened.</summary>
internal static class Health
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddFrat();
        // It logs at each call; the check says it itself.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous(); // A word, for load balancers.
    }
}

using Frat.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds FRAT to an application's health checks.</summary>
public static class FratHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is healthy while a check-in would work: the store writes, the keys are there, and the gallery follows the store.
    /// It is degraded while something fails in the background, such as retention. What is wrong is logged, once a minute.
    /// </summary>
    /// <param name="builder">What <c>AddHealthChecks()</c> returned.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="tags">For choosing checks by; may be null.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddFrat(this IHealthChecksBuilder builder, string name = "frat", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<ReadyHealthCheck>();
        return builder.AddCheck<ReadyHealthCheck>(name, failureStatus: null, tags ?? []);
    }
}

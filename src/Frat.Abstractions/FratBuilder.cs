using Microsoft.Extensions.DependencyInjection;

namespace Frat;

/// <summary>
/// What <c>AddFrat()</c> returns, and what each package extends with its <c>Use…()</c> method.
/// </summary>
/// <param name="services">The application's services, to which the packages add theirs.</param>
public sealed class FratBuilder(IServiceCollection services)
{
    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; } = services ?? throw new ArgumentNullException(nameof(services));
}

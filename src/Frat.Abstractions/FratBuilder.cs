using System.Diagnostics.CodeAnalysis;
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

    /// <summary>
    /// Puts a service of one's own around one that is registered, however that was done: the last registration is replaced. Call it after
    /// what adds the service, such as <c>UseSqlite()</c>. What is called twice decorates twice, the last call outermost.
    /// </summary>
    /// <typeparam name="TService">What is decorated, such as <c>IAttendanceLog</c> by a <c>DelegatingAttendanceLog</c>.</typeparam>
    /// <param name="decorate">
    /// Makes the outer service of the inner one. The container disposes both, the outer one first; the outer one doesn't dispose the inner.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">No such service is registered.</exception>
    public FratBuilder Decorate<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>(
        Func<TService, IServiceProvider, TService> decorate)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(decorate);
        var inner = Services.LastOrDefault(service => service.ServiceType == typeof(TService) && !service.IsKeyedService)
            ?? throw new InvalidOperationException(
                $"No {typeof(TService).Name} is registered to be decorated. Call what adds it first, such as UseSqlite().");

        // Under a key of its own, so that the container makes it as it would have made it, once, and disposes it.
        var key = new object();
        var keyed = inner switch
        {
            { ImplementationInstance: { } instance } => new ServiceDescriptor(typeof(TService), key, instance),
            { ImplementationFactory: { } factory } => new ServiceDescriptor(
                typeof(TService), key, (provider, _) => factory(provider), inner.Lifetime),
            _ => new ServiceDescriptor(typeof(TService), key, inner.ImplementationType!, inner.Lifetime),
        };
        Services[Services.IndexOf(inner)] = new ServiceDescriptor(
            typeof(TService),
            provider => decorate(provider.GetRequiredKeyedService<TService>(key), provider),
            inner.Lifetime);
        Services.Add(keyed);
        return this;
    }
}

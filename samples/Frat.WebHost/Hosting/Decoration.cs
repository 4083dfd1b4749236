namespace Frat.WebHost;

/// <summary>Puts something of the host's own before a service of the framework's.</summary>
internal static class Decoration
{
    /// <summary>Has each implementation that is registered by its type be made as before, and wrapped.</summary>
    public static void Decorate<T>(this IServiceCollection services, Func<IServiceProvider, T, T> decorate)
        where T : class
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { ServiceType: var type, ImplementationType: { } implementation, IsKeyedService: false }
                && type == typeof(T))
            {
                services[i] = ServiceDescriptor.Singleton(
                    provider => decorate(provider, (T)ActivatorUtilities.CreateInstance(provider, implementation)));
            }
        }
    }
}

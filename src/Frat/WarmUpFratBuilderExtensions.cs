using Frat;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Has a host be warm before it serves anybody.</summary>
public static class WarmUpFratBuilderExtensions
{
    /// <summary>
    /// Runs each <see cref="IWarmUp"/> when the host starts, so that the first check-in need not wait for what is slow once: a drawn face
    /// is looked for and compared, and the store rehearses a punch that it takes back. It makes the start longer by what the first check-in
    /// would have waited for, and stores nothing. Call it after the encoder and the store, as their models and tables have to be there.
    /// </summary>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <returns>The same builder. Calling this twice does no harm.</returns>
    public static FratBuilder WarmUpAtStart(this FratBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IWarmUp, RecognitionWarmUp>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WarmUpService>());
        return builder;
    }
}

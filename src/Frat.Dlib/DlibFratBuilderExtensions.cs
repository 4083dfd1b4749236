using Frat;
using Frat.Dlib;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds dlib's face encoder to FRAT.</summary>
public static class DlibFratBuilderExtensions
{
    /// <summary>
    /// Uses <see cref="DlibFaceEncoder"/> as the <see cref="IFaceEncoder"/>, unless another one is registered already. When the host
    /// starts, its model files are pulled where they are missing (<see cref="ModelOptions"/> says from where) and loaded; the host
    /// doesn't start without them.
    /// </summary>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="configure">Sets options; they are checked when the host starts.</param>
    /// <returns>The same builder. Calling this twice does no harm; both settings are applied, in order.</returns>
    public static FratBuilder UseDlib(this FratBuilder builder, Action<DlibOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddModelFiles();
        var options = services.AddOptions<DlibOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton<DlibFaceEncoder>();
        services.TryAddSingleton<IFaceEncoder>(provider => provider.GetRequiredService<DlibFaceEncoder>());
        services.AddHostedService<DlibModelLoader>();
        return builder;
    }
}

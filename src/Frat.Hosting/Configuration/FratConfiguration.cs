using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Hosting;

/// <summary>What <c>AddFrat()</c> was given, for what is added after it.</summary>
/// <param name="Values">The application's configuration.</param>
/// <param name="BaseFolder">Where relative paths start.</param>
internal sealed record FratConfiguration(IConfiguration Values, string BaseFolder)
{
    public static FratConfiguration? Find(IServiceCollection services) =>
        services.Select(service => service.ImplementationInstance).OfType<FratConfiguration>()
            .FirstOrDefault();

    /// <summary>The folder that a host's files are in; without a host, the working folder.</summary>
    public static string BaseFolderOf(IServiceCollection services) =>
        services.Select(service => service.ImplementationInstance).OfType<IHostEnvironment>()
            .FirstOrDefault()?.ContentRootPath ?? Directory.GetCurrentDirectory();

    // Not what is in it.
    public override string ToString() => nameof(FratConfiguration);
}

using Frat.Hosting;
using Frat.Vision;

namespace Frat.WebHost;

/// <summary>Puts engine, encoder and store together from the section <c>Frat</c> of the configuration.</summary>
internal static class EngineSetup
{
    /// <summary>The keys of the packages, and the host's own.</summary>
    public static FratKeys Keys { get; } = new FratKeys()
        .Add<AccessOptions>()
        .Add<AccountOptions>("Accounts")
        .Add<DirectoryOptions>(DirectoryOptions.Section)
        .Add<KioskOptions>("Kiosk")
        .Add<StartOptions>()
        .Add<ProxyOptions>()
        .Add<FlaskCompatibilityOptions>("Original")
        .Add<FratUploadOptions>("Uploads");

    public static FratBuilder AddFratEngine(this WebApplicationBuilder builder)
    {
        var frat = builder.Services.AddFrat(builder.Configuration, Keys).UseEncoder().UseDatabase();
        builder.AddWarmStart(frat);
        builder.Services.AddMemoryTuning();
        if (!Console.IsErrorRedirected)
        {
            builder.Services.AddSingleton<IProgress<ModelProgress>>(new ModelProgressBar(Console.Error));
        }

        return frat;
    }
}

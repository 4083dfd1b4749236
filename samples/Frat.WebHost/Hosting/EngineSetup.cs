using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>Puts engine, encoder and store together from the section <c>Frat</c> of the configuration.</summary>
internal static class EngineSetup
{
    public const string Section = "Frat";
    private const string ImagesSection = "Frat:Images";

    public static void AddFratEngine(this WebApplicationBuilder builder)
    {
        builder.Services.AddFrat();
        builder.Services.AddOptions<FratOptions>().BindConfiguration(Section);
        builder.Services.AddOptions<ImageDecoderOptions>().BindConfiguration(ImagesSection, binder => binder.ErrorOnUnknownConfiguration = true);
    }

    /// <summary>The section that an options class is bound to, for a message.</summary>
    public static string SectionOf(Type options) =>
        options == typeof(FratOptions) ? $"{Section}: "
        : options == typeof(ImageDecoderOptions) ? $"{ImagesSection}: "
        : "";
}

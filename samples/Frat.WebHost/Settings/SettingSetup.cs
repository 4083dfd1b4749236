namespace Frat.WebHost;

/// <summary>What the office decides.</summary>
internal static class SettingSetup
{
    public static void AddSettings(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<SettingStore>().AddSingleton<SetUp>();
}

namespace Frat.WebHost.Pages;

/// <summary>Adds the pages, and what they share.</summary>
internal static class PageSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorPages();
        builder.Services.AddSingleton<SiteTime>();
        builder.Services.AddSingleton<PageReader>();
    }
}

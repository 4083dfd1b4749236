using System.Globalization;

namespace Frat.WebHost.Pages;

/// <summary>Shows moments as the clock on the site's wall does.</summary>
internal sealed class SiteTime(SiteClock clock)
{
    public static string Iso(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public string Date(DateTimeOffset moment) => At(moment, "d MMM yyyy");

    public string DateAndTime(DateTimeOffset moment) => At(moment, "d MMM yyyy, HH:mm");

    private string At(DateTimeOffset moment, string format) => clock.Zone.ToLocal(moment).ToString(format, CultureInfo.InvariantCulture);
}

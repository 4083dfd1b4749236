using System.Globalization;
using Microsoft.Extensions.Options;

namespace Frat.WebHost.Pages;

/// <summary>Shows moments as the clock on the site's wall does.</summary>
internal sealed class SiteTime(IOptions<FratOptions> options, TimeProvider time)
{
    private readonly TimeZoneInfo _zone = options.Value.TimeZone is { } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : time.LocalTimeZone;

    public static string Iso(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public string Date(DateTimeOffset moment) => At(moment, "d MMM yyyy");

    public string DateAndTime(DateTimeOffset moment) => At(moment, "d MMM yyyy, HH:mm");

    private string At(DateTimeOffset moment, string format) => TimeZoneInfo.ConvertTime(moment, _zone).ToString(format, CultureInfo.InvariantCulture);
}

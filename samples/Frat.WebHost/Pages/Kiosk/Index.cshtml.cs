using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Frat.WebHost.Pages.Kiosk;

/// <summary>The page at the door.</summary>
internal sealed class IndexModel(SiteClock clock, IOptions<KioskOptions> options) : PageModel
{
    public int Patience => options.Value.PatienceSeconds;

    public Device Device { get; private set; } = null!;

    public string Zone { get; private set; } = "";

    public void OnGet()
    {
        Device = KioskDesk.DeviceOf(HttpContext);
        DeviceHandler.KeepOn(HttpContext);
        Zone = (clock.Sites.Contains(Device.Site ?? "", StringComparer.OrdinalIgnoreCase) ? clock.At(Device.Site) : clock).Zone.Id;
    }
}

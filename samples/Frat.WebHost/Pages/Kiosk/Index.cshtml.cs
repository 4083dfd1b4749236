using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Kiosk;

/// <summary>The page at the door.</summary>
internal sealed class IndexModel(SiteClock clock) : PageModel
{
    public Device Device { get; private set; } = null!;

    public string Zone { get; private set; } = "";

    public void OnGet()
    {
        Device = KioskDesk.DeviceOf(HttpContext);
        DeviceHandler.KeepOn(HttpContext);
        Zone = (clock.Sites.Contains(Device.Site ?? "", StringComparer.OrdinalIgnoreCase) ? clock.At(Device.Site) : clock).Zone.Id;
    }
}

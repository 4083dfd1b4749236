using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Kiosk;

/// <summary>Where a tablet becomes a device.</summary>
internal sealed class PairModel(DeviceAdministration devices) : PageModel
{
    private const int MaxCodeLength = 7;

    /// <summary>The code of the link that a QR code holds.</summary>
    public string? Code { get; private set; }

    public string? Problem { get; private set; }

    public void OnGet([FromQuery] string? code) => Code = code is { Length: <= MaxCodeLength } ? code : null;

    public async Task<IActionResult> OnPostAsync([FromForm] string? code)
    {
        var (token, wait) = await devices.PairAsync(code, HttpContext.Connection.RemoteIpAddress, HttpContext.RequestAborted);
        if (token is not null)
        {
            DeviceHandler.Keep(HttpContext, token);
            return Redirect("~" + Addresses.Kiosk);
        }

        Problem = wait > TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $"Too many tries. Wait {Math.Ceiling(wait.TotalSeconds)} seconds.")
            : "This code is wrong, was used, or is older than five minutes. Ask for a new one.";
        return Page();
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Devices;

/// <summary>Sets a device anew.</summary>
internal sealed class DeviceModel(DeviceAdministration devices) : PageModel
{
    public Guid Id { get; private set; }

    /// <summary>What it is called so far.</summary>
    public string Name { get; private set; } = "";

    public DeviceForm Form { get; private set; } = new();

    public string? Problem { get; private set; }

    private CancellationToken Stop => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync([FromQuery] Guid id)
    {
        if (await devices.FindAsync(id, Stop) is not { } device)
        {
            return NotFound();
        }

        (Id, Name, Form) = (id, device.Name, DeviceForm.Of(device));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] Guid id, [FromForm] DeviceForm form)
    {
        if (await devices.FindAsync(id, Stop) is not { } device)
        {
            return NotFound();
        }

        (Id, Name, Form) = (id, device.Name, form);
        var settings = form.Read();
        Problem = ModelState.IsValid ? await devices.WhyNotAsync(settings, id, Stop) : DeviceForm.NotChosen;
        return Problem is not null ? Page()
            : await devices.ChangeAsync(Callers.Of(HttpContext) ?? Actor.Frat, id, settings, Stop) ? LocalRedirect("~/devices")
            : NotFound();
    }
}

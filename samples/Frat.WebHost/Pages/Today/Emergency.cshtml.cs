using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Today;

/// <summary>Who is in the building, to be printed and ticked off.</summary>
internal sealed class EmergencyModel(TodayReader reader, SiteClock clock) : PageModel
{
    public string Now { get; } = $"{DayText.Long(clock.Today)}, {DayText.Clock(TimeOnly.FromDateTime(clock.LocalNow))}";

    public IReadOnlyList<PersonToday> In { get; private set; } = [];

    public bool Unavailable { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        try
        {
            In = [.. (await reader.ReadAsync(HttpContext.RequestAborted)).Where(one => one.Where == Whereabouts.In)];
        }
        catch (StoreException)
        {
            Unavailable = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return Page();
    }
}

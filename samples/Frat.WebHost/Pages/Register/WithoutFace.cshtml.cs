using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Register;

/// <summary>Registers somebody who checks in by PIN: no photo, and so no consent.</summary>
internal sealed class WithoutFaceModel(IPersonStore people, Pins pins) : PageModel
{
    public string Name { get; private set; } = "";

    public string EmployeeId { get; private set; } = "";

    public string By { get; private set; } = "";

    public string? Problem { get; private set; }

    /// <summary>Who was registered just now.</summary>
    public Person? Registered { get; private set; }

    /// <summary>The PIN, which is shown this once.</summary>
    public string? MadePin { get; private set; }

    public async Task OnPostAsync([FromForm] string? name, [FromForm] string? employeeId, [FromForm] string? by)
    {
        (Name, EmployeeId, By) = (Person.Normalize(name), Person.Normalize(employeeId), by?.Trim() ?? "");
        var caller = Callers.Of(HttpContext, By);
        Problem = PersonTexts.NameError(Name) ?? PersonTexts.EmployeeIdError(EmployeeId)
            ?? (caller is null ? $"Write your name, of at most {Actor.MaxIdLength} characters." : null);
        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            await RegisterAsync(new AuditNote { By = caller! });
        }
        catch (StoreException)
        {
            Problem = "The records can’t be changed right now. Try again in a moment.";
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task RegisterAsync(AuditNote note)
    {
        var receipt = await people.EnrollAsync(
            new Enrollment { EmployeeId = EmployeeId, Name = Name, Templates = [], Consent = null, Note = note },
            HttpContext.RequestAborted);
        if (!receipt.Created)
        {
            Problem = "Somebody is registered with this employee ID already.";
            Response.StatusCode = StatusCodes.Status409Conflict;
            return;
        }

        Registered = receipt.Person;
        (Name, EmployeeId) = ("", "");
        var pin = PinRules.Create(Registered.EmployeeId);
        MadePin = await pins.SetAsync(Registered, pin, note, CancellationToken.None) is null ? pin : null;
    }
}

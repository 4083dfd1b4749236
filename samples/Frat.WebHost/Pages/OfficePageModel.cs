using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages;

/// <summary>
/// A page on which the office changes something, by forms that are sent without script: each is answered with the page again.
/// </summary>
internal abstract class OfficePageModel : PageModel
{
    private const string Done = "office-done";

    /// <summary>What was done, told once to the browser that did it.</summary>
    public string? Message { get; private set; }

    /// <summary>Why something wasn't done.</summary>
    public string? Problem { get; private set; }

    /// <summary>The form that was refused.</summary>
    public string? Refused { get; private set; }

    /// <summary>What was typed into the form that was refused.</summary>
    public NoteForm Typed { get; private set; } = new();

    public bool Unavailable { get; private set; }

    protected CancellationToken Stop => HttpContext.RequestAborted;

    /// <summary>Reads what the page shows.</summary>
    /// <returns>False when there is no such thing.</returns>
    protected abstract Task<bool> ReadAsync();

    /// <summary>Shows the page, with what was done before.</summary>
    protected Task<IActionResult> ShowAsync()
    {
        Message = TempData[Done] as string;
        return ShowAgainAsync();
    }

    /// <summary>Does something, and leads to where it can be seen.</summary>
    /// <param name="form">The form's name.</param>
    /// <param name="note">Who and why, as the form sent it.</param>
    /// <param name="act">Does it; what is wrong, or null when it is done. What it throws of the store's is told.</param>
    /// <param name="done">What was done, in words.</param>
    /// <param name="address">Where it can be seen, beginning with a tilde.</param>
    /// <param name="needsReason">Whether somebody has to say why.</param>
    protected async Task<IActionResult> ActAsync(
        string form, NoteForm note, Func<AuditNote, Task<string?>> act, Func<string> done, Func<string> address, bool needsReason = true)
    {
        Typed = note;
        if (!ModelState.IsValid)
        {
            return await RefuseAsync(form, "Nothing was changed: something of the form can’t be read.");
        }

        if (note.ToNote(Callers.Of(HttpContext, note.By), needsReason) is not { } by)
        {
            return await RefuseAsync(form, needsReason
                ? $"Nothing was changed: say who and why, in at most {Actor.MaxIdLength} and {AuditNote.MaxReasonLength} characters."
                : $"Nothing was changed: give your name, of at most {Actor.MaxIdLength} characters.");
        }

        try
        {
            if (await act(by) is { } problem)
            {
                return await RefuseAsync(form, $"Nothing was changed. {problem}");
            }
        }
        catch (ScheduleConflictException conflict)
        {
            return await RefuseAsync(form, $"Nothing was changed. {conflict.Message}", StatusCodes.Status409Conflict);
        }
        catch (ArgumentException wrong)
        {
            return await RefuseAsync(form, $"Nothing was changed. {wrong.Message.Split(" (Parameter '")[0]}");
        }
        catch (StoreException)
        {
            return await RefuseAsync(
                form, "Nothing was changed: the database doesn’t answer right now. Try again.", StatusCodes.Status503ServiceUnavailable);
        }

        TempData[Done] = done();
        return LocalRedirect(address());
    }

    /// <summary>Shows the page again, and why a form was refused.</summary>
    protected Task<IActionResult> RefuseAsync(string form, string problem, int status = StatusCodes.Status400BadRequest)
    {
        (Refused, Problem) = (form, problem);
        Response.StatusCode = status;
        return ShowAgainAsync();
    }

    private async Task<IActionResult> ShowAgainAsync()
    {
        try
        {
            if (!await ReadAsync())
            {
                Response.StatusCode = StatusCodes.Status404NotFound;
            }
        }
        catch (StoreException)
        {
            Unavailable = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return Page();
    }
}

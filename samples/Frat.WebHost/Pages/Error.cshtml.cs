using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages;

/// <summary>What a person sees when a page fails or does not exist: never a stack trace.</summary>
[ResponseCache(NoStore = true)]
[IgnoreAntiforgeryToken] // A failed POST is shown here, too.
internal sealed class ErrorModel : PageModel
{
    public string Title { get; private set; } = "";

    public string Text { get; private set; } = "";

    public void OnGet() => Show();

    public void OnPost() => Show();

    private void Show() => (Title, Text) = Response.StatusCode switch
    {
        StatusCodes.Status200OK or StatusCodes.Status404NotFound =>
            ("There is no such page", "The address may be mistyped, or the page has moved."),
        StatusCodes.Status503ServiceUnavailable =>
            ("Not available right now", "The records can’t be reached. Nothing is lost: try again in a moment."),
        >= 500 => ("Something went wrong", "The fault is on our side, and it is written down. Nothing that was confirmed is lost."),
        _ => ("That did not work", "The server could not use this request. Go back, and try again."),
    };
}

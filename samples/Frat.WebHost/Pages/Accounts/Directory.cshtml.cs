using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>Leads to the directory and back. A link, and no form: the policy of this host's pages lets forms go nowhere else.</summary>
internal sealed class DirectoryModel(DirectoryAccounts directory, SignInManager<Account> signIn, ILogger<DirectoryModel> logger) : PageModel
{
    public string Problem { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync([FromQuery] string? from)
    {
        if (User.Identity is { IsAuthenticated: true })
        {
            return this.LeadOn(from);
        }

        var back = Url.Page(null, "Answer", new { from = Url.IsLocalUrl(from) ? from : null });
        return await GoAsync(() => HttpContext.ChallengeAsync(
            DirectorySetup.Scheme, signIn.ConfigureExternalAuthenticationProperties(DirectorySetup.Scheme, back)));
    }

    /// <summary>Somebody comes back whom the directory has signed in.</summary>
    public async Task<IActionResult> OnGetAnswerAsync([FromQuery] string? from)
    {
        var ticket = await HttpContext.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await HttpContext.SignOutAsync(IdentityConstants.ExternalScheme);
        return await directory.SignInAsync(ticket, HttpContext.RequestAborted) is { } problem
            ? Refuse(StatusCodes.Status403Forbidden, problem)
            : this.LeadOn(from);
    }

    /// <summary>What came back was no answer to a question of this browser, or the directory said no.</summary>
    public IActionResult OnGetFailed() => Refuse(
        StatusCodes.Status403Forbidden,
        $"The sign-in by {directory.Name} did not work: it took too long, was begun in another window, or was refused there. "
            + "Try once more.");

    /// <summary>Ends the session at the directory, for whoever has ended the one here.</summary>
    public Task<IActionResult> OnGetOutAsync() => GoAsync(() => HttpContext.SignOutAsync(
        DirectorySetup.Scheme, new AuthenticationProperties { RedirectUri = Url.Content("~/sign-in") }));

    private async Task<IActionResult> GoAsync(Func<Task> go)
    {
        try
        {
            await go();
            return new EmptyResult();
        }
        catch (Exception exception) when (DirectoryAccounts.IsOutOfReach(exception))
        {
            logger.DirectorySignInFailed(DirectorySetup.Describe(exception));
            return Refuse(
                StatusCodes.Status503ServiceUnavailable,
                $"{DirectoryAccounts.Sentence(directory.Name!)} can’t be reached now. Try again in a moment; who has a password of this "
                    + "host uses that.");
        }
    }

    private PageResult Refuse(int status, string problem)
    {
        (Response.StatusCode, Problem) = (status, problem);
        return Page();
    }
}

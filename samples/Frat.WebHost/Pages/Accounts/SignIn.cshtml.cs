using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>Signs somebody in by name and password, or by a passkey.</summary>
internal sealed class SignInModel(SignInManager<Account> signIn, SignInAttempts attempts, DirectoryAccounts directory) : PageModel
{
    /// <summary>The directory where people sign in, too; null where there is none.</summary>
    public string? Directory { get; } = directory.Name;

    public string Name { get; private set; } = "";

    /// <summary>The page that asked for the sign-in.</summary>
    public string? From { get; private set; }

    public string? Problem { get; private set; }

    private IPAddress? Address => HttpContext.Connection.RemoteIpAddress;

    public IActionResult OnGet([FromQuery] string? from)
    {
        From = from;
        return User.Identity is { IsAuthenticated: true } ? LocalRedirect(AccountHome.Of(User)) : Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? name, [FromForm] string? password, [FromForm] string? from)
    {
        (Name, From) = (Person.Normalize(name), from);
        if (MustWait(attempts.Begin(Address)))
        {
            return Page();
        }

        var result = Name.Length is 0 or > Account.MaxNameLength || password is not { Length: > 0 and <= PasswordRules.MaxLength }
            ? SignInResult.Failed
            : await signIn.PasswordSignInAsync(Name, password, isPersistent: false, lockoutOnFailure: true);
        return Answer(result, "Name and password don’t go together, or the account is locked for now.");
    }

    /// <summary>What the browser asks a passkey with.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        MustWait(attempts.WaitOf(Address)) ? StatusCode(StatusCodes.Status429TooManyRequests)
            : Content(await signIn.MakePasskeyRequestOptionsAsync(user: null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync([FromForm] string? credential, [FromForm] string? from)
    {
        From = from;
        if (MustWait(attempts.Begin(Address)))
        {
            return Page();
        }

        var result = PasskeyAnswers.CanBe(credential) ? await PasskeySignInAsync(credential!) : SignInResult.Failed;
        return Answer(result, "This passkey isn’t known here, or it took too long. Try once more, or use your password.");
    }

    private async Task<SignInResult> PasskeySignInAsync(string credential)
    {
        try
        {
            return await signIn.PasskeySignInAsync(credential);
        }
        catch (Exception exception) when (PasskeyAnswers.IsRefusal(exception))
        {
            return SignInResult.Failed;
        }
    }

    private IActionResult Answer(SignInResult result, string problem)
    {
        if (result.RequiresTwoFactor)
        {
            return RedirectToPage("/Accounts/SecondStep", new { from = From });
        }

        if (result.Succeeded)
        {
            attempts.Succeeded(Address);
            return this.LeadOn(From);
        }

        Problem = problem;
        return Page();
    }

    private bool MustWait(TimeSpan wait)
    {
        if (wait == TimeSpan.Zero)
        {
            return false;
        }

        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        Problem = $"Too many tries from here. Wait {seconds} seconds.";
        return true;
    }
}

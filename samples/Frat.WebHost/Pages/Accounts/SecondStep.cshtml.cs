using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>Asks for the code of an authenticator app, or for a recovery code, of who gave the right password.</summary>
internal sealed class SecondStepModel(SignInManager<Account> signIn, SignInAttempts attempts) : PageModel
{
    private const int CodeDigits = 6;

    public string? From { get; private set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery] string? from)
    {
        From = from;
        return await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("/Accounts/SignIn", new { from }) : Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? code, [FromForm] string? from)
    {
        From = from;
        var address = HttpContext.Connection.RemoteIpAddress;
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is null || attempts.Begin(address) > TimeSpan.Zero)
        {
            return RedirectToPage("/Accounts/SignIn", new { from });
        }

        var text = string.Concat((code ?? "").Where(letter => !char.IsWhiteSpace(letter)));
        var result = text.Length == CodeDigits && text.All(char.IsAsciiDigit)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(text, isPersistent: false, rememberClient: false)
            : await signIn.TwoFactorRecoveryCodeSignInAsync(text);
        if (result.Succeeded)
        {
            attempts.Succeeded(address);
            return this.LeadOn(from);
        }

        Problem = "This code isn’t the one, or the account is locked for now. Codes change every half minute: take the newest.";
        return Page();
    }
}

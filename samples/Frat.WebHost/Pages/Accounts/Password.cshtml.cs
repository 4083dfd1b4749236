using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>Sets the password of an account by the link that an administrator made.</summary>
internal sealed class PasswordModel(
    UserManager<Account> users, SignInManager<Account> signIn, AccountAdministration accounts) : PageModel
{
    internal const string Differ = "The two passwords differ.";

    public string AccountId { get; private set; } = "";

    public string Token { get; private set; } = "";

    public string? Name { get; private set; }

    public bool IsOpen => Name is not null;

    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task OnGetAsync([FromQuery] string? account, [FromQuery] string? token) => await ReadAsync(account, token);

    public async Task<IActionResult> OnPostAsync(
        [FromForm] string? account, [FromForm] string? token, [FromForm] string? password, [FromForm] string? again)
    {
        if (await ReadAsync(account, token) is not { } subject)
        {
            return Page();
        }

        if (password != again)
        {
            Problems = [Differ];
            return Page();
        }

        var result = await accounts.SetPasswordAsync(subject, Token, password ?? "", HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            Problems = result.Sentences();
            return Page();
        }

        if (!await users.GetTwoFactorEnabledAsync(subject))
        {
            await signIn.SignInAsync(subject, isPersistent: false); // A second step is never left out.
        }

        return LocalRedirect("~/sign-in");
    }

    private async Task<Account?> ReadAsync(string? account, string? token)
    {
        (AccountId, Token) = (account ?? "", token ?? "");
        if (!Guid.TryParse(account, out var id) || token is not { Length: > 0 and < 2000 }
            || await users.FindByIdAsync(id.ToString()) is not { IsActive: true } subject
            || !await users.VerifyUserTokenAsync(
                subject, users.Options.Tokens.PasswordResetTokenProvider, UserManager<Account>.ResetPasswordTokenPurpose, token))
        {
            return null;
        }

        Name = subject.UserName;
        return subject;
    }
}

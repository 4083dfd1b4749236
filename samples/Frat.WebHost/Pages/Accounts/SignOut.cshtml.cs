using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>Ends a session, and offers to end the one at the directory.</summary>
internal sealed class SignOutModel(
    SignInManager<Account> signIn, UserManager<Account> users, AccountAdministration accounts, DirectoryAccounts directory) : PageModel
{
    public string? Directory { get; } = directory.Name;

    /// <summary>Whether there is a session at the directory left.</summary>
    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        IsDone = Directory is not null && await users.GetUserAsync(User) is { } account && await accounts.IsOfDirectoryAsync(account)
            && await directory.CanSignOutAsync(HttpContext.RequestAborted);
        await signIn.SignOutAsync();
        if (!IsDone)
        {
            return LocalRedirect("~/sign-in");
        }

        HttpContext.User = new ClaimsPrincipal(new ClaimsIdentity()); // The page is nobody's any more.
        return Page();
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>Creates an administrator by a one-time link.</summary>
internal sealed class WelcomeModel(
    FirstLink links, FirstRun firstRun, AccountAdministration accounts, UserManager<Account> users, SignInManager<Account> signIn)
    : PageModel
{
    public string? Key { get; private set; }

    public string Name { get; private set; } = "";

    public bool IsOpen { get; private set; }

    /// <summary>Whether the host has an administrator.</summary>
    public bool IsDone { get; private set; }

    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task OnGetAsync([FromQuery] string? key) => await ReadAsync(key);

    public async Task<IActionResult> OnPostAsync(
        [FromForm] string? key, [FromForm] string? name, [FromForm] string? password, [FromForm] string? again)
    {
        Name = Person.Normalize(name);
        if (await ReadAsync(key) is not var (id, forAnother))
        {
            return Page();
        }

        if (password != again)
        {
            Problems = [PasswordModel.Differ];
            return Page();
        }

        var result = await accounts.CreateAdministratorAsync(id, forAnother, Name, password ?? "", HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            Problems = result.Sentences();
            return Page();
        }

        await signIn.SignInAsync((await users.FindByIdAsync(id.ToString()))!, isPersistent: false);
        return LocalRedirect(forAnother ? "~/" : "~/set-up"); // The first one goes on with the site.
    }

    private async Task<(Guid AccountId, bool ForAnother)?> ReadAsync(string? key)
    {
        Key = key;
        IsDone = await firstRun.IsDoneAsync(HttpContext.RequestAborted);
        var link = links.Read(key);
        IsOpen = link is var (id, forAnother) && (forAnother || !IsDone) && await users.FindByIdAsync(id.ToString()) is null;
        return IsOpen ? link : null;
    }
}

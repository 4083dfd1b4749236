using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>The accounts: who they are, what they may do, and links by which their passwords are set.</summary>
internal sealed class IndexModel(AccountAdministration accounts, UserManager<Account> users, SiteTime time) : PageModel
{
    public SiteTime Time { get; } = time;

    public IReadOnlyList<Account> Rows { get; private set; } = [];

    /// <summary>Those whose people sign in at the directory, which gives them their role.</summary>
    public IReadOnlySet<Guid> OfDirectory { get; private set; } = new HashSet<Guid>();

    public string Name { get; private set; } = "";

    public string EmployeeId { get; private set; } = "";

    public string? Problem { get; private set; }

    /// <summary>A link that was made just now, and is shown this once.</summary>
    public string? Link { get; private set; }

    public string? LinkFor { get; private set; }

    private Actor By => Callers.Of(HttpContext)!;

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostAddAsync([FromForm] string? name, [FromForm] AccountRole role, [FromForm] string? employeeId)
    {
        (Name, EmployeeId) = (Person.Normalize(name), Person.Normalize(employeeId));
        var (result, account) = Enum.IsDefined(role)
            ? await accounts.CreateAsync(By, Name, role, EmployeeId, HttpContext.RequestAborted)
            : (IdentityResult.Failed(), null);
        if (result.Succeeded)
        {
            await ShowLinkAsync(account!);
            (Name, EmployeeId) = ("", "");
        }
        else
        {
            Problem = string.Join(" ", result.Sentences());
        }

        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostChangeAsync([FromForm] Guid account, [FromForm] AccountRole role, [FromForm] string? act)
    {
        if (await users.FindByIdAsync(account.ToString()) is not { } subject || !Enum.IsDefined(role))
        {
            return NotFound();
        }

        var own = account.ToString() == By.Id;
        switch (act)
        {
            case "link" when await accounts.IsOfDirectoryAsync(subject):
                Problem = "Who signs in at the directory has no password here.";
                break;
            case "link":
                await ShowLinkAsync(subject);
                break;
            case "role" or "activate" or "deactivate" when own:
                Problem = "This is your own account: another administrator changes it.";
                break;
            case "role":
                await ChangeAsync(subject, role, subject.IsActive);
                break;
            case "activate" or "deactivate":
                await ChangeAsync(subject, subject.Role, act == "activate");
                break;
            default:
                return BadRequest();
        }

        await ReadAsync();
        return Page();
    }

    private async Task ChangeAsync(Account subject, AccountRole role, bool isActive)
    {
        var result = await accounts.ChangeAsync(By, subject, role, isActive, HttpContext.RequestAborted);
        Problem = result.Succeeded ? null : string.Join(" ", result.Sentences());
    }

    private async Task ShowLinkAsync(Account account)
    {
        var path = await accounts.MakeLinkAsync(By, account, HttpContext.RequestAborted);
        (Link, LinkFor) = ($"{Request.Scheme}://{Request.Host}{Request.PathBase}{path}", account.UserName);
    }

    private async Task ReadAsync()
    {
        Rows = await users.Users.AsNoTracking().OrderBy(account => account.NormalizedUserName).ToListAsync(HttpContext.RequestAborted);
        OfDirectory = await accounts.ListOfDirectoryAsync(HttpContext.RequestAborted);
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>The keys that programs call the API with.</summary>
internal sealed class KeysModel(AccountAdministration accounts, HostContext database, TimeProvider clock, SiteTime time) : PageModel
{
    public const int MaxDays = 366 * 2;
    private const int DefaultDays = 365;

    public SiteTime Time { get; } = time;

    public IReadOnlyList<ApiKey> Rows { get; private set; } = [];

    public string Name { get; private set; } = "";

    public int Days { get; private set; } = DefaultDays;

    public string? Problem { get; private set; }

    /// <summary>A key that was made just now, and is shown this once.</summary>
    public string? Text { get; private set; }

    private Actor By => Callers.Of(HttpContext)!;

    /// <summary>What a key may, in words.</summary>
    public static string WordsOf(ApiKey key) =>
        string.Join("; ", Permissions.Scopes.Where(scope => key.Scopes.Split(' ').Contains(scope.Policy)).Select(scope => scope.Words));

    public (string Words, string Tone) StateOf(ApiKey key) =>
        key.RevokedAt is { } revoked ? ($"Revoked {Time.Date(revoked)}", "bad")
        : key.IsValidAt(clock.GetUtcNow()) ? ($"Until {Time.Date(key.ExpiresAt)}", "good")
        : ($"Ended {Time.Date(key.ExpiresAt)}", "warn");

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostAddAsync([FromForm] string? name, [FromForm] int days, [FromForm] string[]? scope)
    {
        (Name, Days) = (Person.Normalize(name), days);
        var scopes = Permissions.Scopes.Select(known => known.Policy).Intersect(scope ?? []).ToList();
        Problem = Name.Length > ApiKey.MaxNameLength || !Actor.IsId(Name) ? "Write the program’s name."
            : days is < 1 or > MaxDays ? $"A key ends after 1 to {MaxDays} days."
            : scopes.Count == 0 ? "Say what the program may do."
            : null;
        if (Problem is null)
        {
            Text = await accounts.CreateKeyAsync(By, Name, scopes, days, HttpContext.RequestAborted);
            (Name, Days) = ("", DefaultDays);
        }

        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync([FromForm] string? id)
    {
        await accounts.RevokeKeyAsync(By, id ?? "", HttpContext.RequestAborted);
        return RedirectToPage();
    }

    private async Task ReadAsync() =>
        Rows = await database.ApiKeys.AsNoTracking().OrderBy(key => key.Name).ThenBy(key => key.Id).ToListAsync(HttpContext.RequestAborted);
}

using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>Where somebody goes after signing in.</summary>
internal static class AccountHome
{
    public static string Of(ClaimsPrincipal user) => user.IsInRole(nameof(AccountRole.Employee)) ? "~/me" : "~/";

    /// <summary>
    /// Back to the page of this host that asked for the sign-in; else to the sign-in, which knows by the next request who came, and leads
    /// on.
    /// </summary>
    public static LocalRedirectResult LeadOn(this PageModel page, string? from) =>
        page.LocalRedirect(page.Url.IsLocalUrl(from) ? from : "~/sign-in");
}

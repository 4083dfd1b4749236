using System.Security.Claims;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>Where somebody goes after signing in.</summary>
internal static class AccountHome
{
    public static string Of(AccountRole role) => role == AccountRole.Employee ? "~/me" : "~/";

    public static string Of(ClaimsPrincipal user) =>
        Of(user.IsInRole(nameof(AccountRole.Employee)) ? AccountRole.Employee : AccountRole.Manager);
}

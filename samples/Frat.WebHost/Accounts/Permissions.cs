using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Frat.WebHost;

/// <summary>Who may do what: the one table of it.</summary>
internal static class Permissions
{
    /// <summary>To see the own attendance, and to change the own password.</summary>
    public const string OwnAccount = "frat.host.own";

    /// <summary>To make accounts and keys.</summary>
    public const string ManageAccounts = "frat.host.accounts";

    /// <summary>To add devices, pair them and take that back.</summary>
    public const string ManageDevices = "frat.host.devices";

    /// <summary>To be a paired device: to check people in at the door, and nothing else.</summary>
    public const string Kiosk = "frat.host.kiosk";

    /// <summary>The policies that a key can be given, with what each lets a program do.</summary>
    public static IReadOnlyList<(string Policy, string Words)> Scopes { get; } =
    [
        (FratPolicies.CheckIn, "check people in by face"),
        (FratPolicies.PunchByPin, "record punches of people whose PIN it has verified itself"),
        (FratPolicies.ReadPeople, "read who is registered"),
        (FratPolicies.ManagePeople, "register, change, export and forget people"),
        (FratPolicies.ReadAttendance, "read attendance, schedules and reports"),
        (FratPolicies.CorrectAttendance, "correct attendance and enter punches"),
        (FratPolicies.ManageSchedules, "change schedules, holidays and leaves"),
        (FratPolicies.ReadAudit, "read the audit trail"),
    ];

    /// <summary>The least role that may; none where only a key or a device can.</summary>
    private static readonly (string Policy, AccountRole? Least)[] Table =
    [
        (FratPolicies.CheckIn, AccountRole.Manager),
        (FratPolicies.PunchByPin, null), // For programs and devices that verify PINs: nobody types another's PIN.
        (FratPolicies.ReadPeople, AccountRole.Manager),
        (FratPolicies.ManagePeople, AccountRole.Manager),
        (FratPolicies.ReadAttendance, AccountRole.Manager),
        (FratPolicies.CorrectAttendance, AccountRole.Manager),
        (FratPolicies.ManageSchedules, AccountRole.Manager),
        (FratPolicies.ReadAudit, AccountRole.Administrator),
        (OwnAccount, AccountRole.Employee),
        (ManageAccounts, AccountRole.Administrator),
        (ManageDevices, AccountRole.Administrator),
        (Kiosk, null),
    ];

    public static void AddPermissions(this WebApplicationBuilder builder)
    {
        var isOpen = builder.Configuration.IsOpen();
        var policies = builder.Services.AddAuthorizationBuilder();
        foreach (var (name, least) in Table)
        {
            policies.AddPolicy(name, isOpen
                ? new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build()
                : new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
                    .RequireAssertion(context => IsAtLeast(context.User, least) || context.User.HasClaim(ApiKeyHandler.ScopeClaim, name))
                    .Build());
        }

        if (!isOpen)
        {
            // What nobody decided about is the administrator's.
            policies.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(nameof(AccountRole.Administrator)).Build());
        }
    }

    private static bool IsAtLeast(ClaimsPrincipal user, AccountRole? least) =>
        Enum.TryParse<AccountRole>(user.FindFirstValue(ClaimTypes.Role), out var role) && role >= least;
}

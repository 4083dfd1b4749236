using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>Signs in whom the directory has signed in, by the account that stands for them here. One for a request.</summary>
internal sealed class DirectoryAccounts(
    UserManager<Account> users,
    SignInManager<Account> signIn,
    AccountAdministration administration,
    IOptions<DirectoryOptions> options,
    IOptionsMonitor<OpenIdConnectOptions> handler)
{
    private readonly DirectoryOptions _directory = options.Value;

    /// <summary>What the directory is called; null where there is none.</summary>
    public string? Name => _directory.Authority is { Length: > 0 } ? _directory.DisplayName : null;

    /// <summary>Signs somebody in, with the role that the directory gives now.</summary>
    /// <returns>Why not, in sentences; null when it is done.</returns>
    public async Task<string?> SignInAsync(AuthenticateResult ticket, CancellationToken stop)
    {
        if (ticket.Principal?.FindFirst(DirectorySetup.Subject)?.Value is not { Length: > 0 } subject
            || ticket.Properties?.Items.TryGetValue(DirectorySetup.Issuer, out var issuer) is not true || issuer is not { Length: > 0 })
        {
            return "The sign-in took too long, or was begun in another window. Try once more.";
        }

        var key = KeyOf(issuer, subject);
        var account = await users.FindByLoginAsync(DirectorySetup.Scheme, key);
        var by = new Actor { Kind = ActorKind.Application, Id = DirectorySetup.Scheme, Name = _directory.DisplayName };
        if (RoleOf(_directory, ticket.Principal.FindAll(_directory.RoleClaim).Select(claim => claim.Value)) is not { } role)
        {
            if (account is not null)
            {
                await administration.FollowAsync(by, account, role: null, employeeId: null, stop);
            }

            return $"{Sentence(_directory.DisplayName)} knows you, but gives you no role here. Ask whoever gives roles there.";
        }

        var employeeId = _directory.EmployeeIdClaim is { Length: > 0 } claim ? ticket.Principal.FindFirstValue(claim) : null;
        var name = ticket.Principal.FindFirstValue(_directory.NameClaim) ?? subject;
        var login = new UserLoginInfo(DirectorySetup.Scheme, key, _directory.DisplayName);
        var result = account is not null
            ? await administration.FollowAsync(by, account, role, employeeId, stop)
            : await administration.CreateOfDirectoryAsync(by, name, login, role, employeeId, stop);
        if (!result.Succeeded)
        {
            return string.Join(" ", result.Sentences()); // Not with a role that wasn't saved.
        }

        var answer = await signIn.ExternalLoginSignInAsync(DirectorySetup.Scheme, key, isPersistent: false, bypassTwoFactor: true);
        return answer.Succeeded ? null : "Your account here is deactivated, or locked for now. An administrator of this host can tell.";
    }

    /// <summary>A name as the first word of a sentence.</summary>
    public static string Sentence(string name) => string.Concat(char.ToUpperInvariant(name[0]).ToString(), name.AsSpan(1));

    /// <summary>Whether one can be signed out there, too.</summary>
    public async Task<bool> CanSignOutAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(2)); // Whoever leaves isn't kept waiting.
        try
        {
            var manager = handler.Get(DirectorySetup.Scheme).ConfigurationManager!;
            return (await manager.GetConfigurationAsync(patience.Token)).EndSessionEndpoint is { Length: > 0 };
        }
        catch (Exception exception) when (exception is OperationCanceledException || IsOutOfReach(exception))
        {
            return false;
        }
    }

    /// <summary>Whether it means that the directory doesn't answer.</summary>
    public static bool IsOutOfReach(Exception exception) =>
        exception is InvalidOperationException or IOException or HttpRequestException or AuthenticationFailureException;

    /// <summary>The highest role that values of the claim give; null for none.</summary>
    internal static AccountRole? RoleOf(DirectoryOptions directory, IEnumerable<string> values)
    {
        var given = values.ToHashSet(StringComparer.Ordinal);
        return DirectoryOptions.ValuesOf(directory.Administrators).Any(given.Contains) ? AccountRole.Administrator
            : DirectoryOptions.ValuesOf(directory.Managers).Any(given.Contains) ? AccountRole.Manager
            : DirectoryOptions.ValuesOf(directory.Employees).Any(value => value == DirectoryOptions.Everybody || given.Contains(value))
                ? AccountRole.Employee
            : null;
    }

    // Of two directories, one after the other, nobody gets the other's account. A name or an address is never compared: who may choose the
    // own could choose another's. Hashed, since a subject may be longer than a key of the database.
    private static string KeyOf(string issuer, string subject) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}")));
}

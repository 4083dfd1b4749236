using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>What a session knows of its account: id, name, role, and whose attendance is its own.</summary>
internal sealed class AccountClaims(UserManager<Account> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account>(users, options)
{
    /// <summary>The <see cref="Person.Id"/>.</summary>
    public const string PersonClaim = "frat.person";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(identity.RoleClaimType, user.Role.ToString()));
        if (user.PersonId is { } person)
        {
            identity.AddClaim(new Claim(PersonClaim, person.ToString()));
        }

        return identity;
    }
}

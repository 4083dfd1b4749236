using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>Identity's sign-in, for accounts that are active, taking as long for names that are none.</summary>
internal sealed class AccountSignIn(
    UserManager<Account> users,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<Account> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Account>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Account> confirmation,
    TimeProvider time)
    : SignInManager<Account>(users, context, claims, options, logger, schemes, confirmation)
{
    private static readonly Account Nobody = new() { UserName = "nobody" };
    private static string? s_hashOfNobody;

    public override async Task<bool> CanSignInAsync(Account user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.IsActive && await base.CanSignInAsync(user);
    }

    public override async Task<SignInResult> PasswordSignInAsync(
        string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        if (await UserManager.FindByNameAsync(userName) is { } user)
        {
            return await PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure);
        }

        // Whoever measures how long the answer takes learns no names.
        s_hashOfNobody ??= UserManager.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        UserManager.PasswordHasher.VerifyHashedPassword(Nobody, s_hashOfNobody, password);
        return SignInResult.Failed;
    }

    public override async Task SignInWithClaimsAsync(
        Account user, AuthenticationProperties? authenticationProperties, IEnumerable<System.Security.Claims.Claim> additionalClaims)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (UserManager.GetUserId(Context.User) != user.Id.ToString()) // Who changes the own account is signed in anew, but doesn't come.
        {
            user.LastSignInAt = time.GetUtcNow();
            await UserManager.UpdateAsync(user);
        }

        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims);
    }
}

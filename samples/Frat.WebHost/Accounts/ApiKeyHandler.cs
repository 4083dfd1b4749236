using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>Signs a program in by <c>Authorization: Bearer frat_…</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, HostContext accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    /// <summary>A claim of this type for each policy that a key, or a device, meets.</summary>
    public const string ScopeClaim = "frat.scope";

    private const string Bearer = "Bearer ";

    /// <summary>Whether a request has a key, valid or not: then nothing else signs it in.</summary>
    public static bool IsCarriedBy(HttpRequest request) => TextOf(request) is not null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TextOf(Request) is not { } text)
        {
            return AuthenticateResult.NoResult();
        }

        if (ApiKey.Parse(text) is not var (id, hash)
            || await accounts.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, Context.RequestAborted) is not { } key
            || !key.Matches(hash))
        {
            return AuthenticateResult.Fail("There is no such key.");
        }

        var now = TimeProvider.GetUtcNow();
        if (!key.IsValidAt(now))
        {
            return AuthenticateResult.Fail("The key has expired or was revoked.");
        }

        if (key.LastUsedAt is not { } last || now - last >= TimeSpan.FromHours(1))
        {
            await accounts.ApiKeys.Where(row => row.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(used => used.LastUsedAt, now), Context.RequestAborted);
        }

        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, key.Id));
        identity.AddClaim(new Claim(ClaimTypes.Name, key.Name));
        identity.AddClaims(key.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(scope => new Claim(ScopeClaim, scope)));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private static string? TextOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer + ApiKey.Prefix, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;
}

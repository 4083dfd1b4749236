using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>How long the cookie of a sign-in holds: while it is used, to an end that no use moves, and until the account changes.</summary>
internal sealed class Session(IOptions<AccountOptions> accounts) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    private const string Began = "began";

    public void Configure(CookieAuthenticationOptions options)
    {
    }

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax; // Strict would sign out who comes by a link. What changes something is checked besides.
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/denied";
        options.ReturnUrlParameter = "from";
        options.Events.OnRedirectToLogin = ToProgramsByStatus(StatusCodes.Status401Unauthorized, options.Events.OnRedirectToLogin);
        options.Events.OnRedirectToAccessDenied = ToProgramsByStatus(
            StatusCodes.Status403Forbidden, options.Events.OnRedirectToAccessDenied);
        if (name != IdentityConstants.ApplicationScheme)
        {
            return;
        }

        options.Cookie.Name = "frat.session";
        options.ExpireTimeSpan = TimeSpan.FromMinutes(accounts.Value.IdleMinutes);
        options.SlidingExpiration = true;
        options.Events.OnSigningIn = context =>
        {
            context.Properties.Items.TryAdd(Began, Now(context.Options).ToString("O", CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        };
        options.Events.OnValidatePrincipal = async context =>
        {
            if (!context.Properties.Items.TryGetValue(Began, out var text)
                || !DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var began)
                || Now(context.Options) - began >= TimeSpan.FromHours(accounts.Value.SessionHours))
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
                return;
            }

            await SecurityStampValidator.ValidatePrincipalAsync(context);
        };
    }

    // FRAT's calls say it of themselves; what is no call, or not by this method, is no endpoint that could.
    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> ToProgramsByStatus(
        int status, Func<RedirectContext<CookieAuthenticationOptions>, Task> redirect) => context =>
    {
        if (!Addresses.IsForPrograms(context.Request.Path))
        {
            return redirect(context);
        }

        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static DateTimeOffset Now(CookieAuthenticationOptions options) => (options.TimeProvider ?? TimeProvider.System).GetUtcNow();
}

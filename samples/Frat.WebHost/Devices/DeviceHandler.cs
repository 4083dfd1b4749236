using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>Signs a paired tablet in by the token that it keeps in a cookie.</summary>
internal sealed class DeviceHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, HostContext database)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Device";
    public const string CookieName = "frat.device";

    /// <summary>Where a tablet is paired.</summary>
    public const string PairPath = Addresses.Kiosk + "/pair";

    // Browsers keep no cookie for longer. A tablet that is used has it renewed with the page.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    private static readonly FratProblem NotPaired = new()
    {
        Status = StatusCodes.Status401Unauthorized,
        Code = "notPaired",
        Message = "This device is not paired, or was removed. An administrator pairs it: Devices → Add.",
    };

    /// <summary>The device of a request, where there is one.</summary>
    public static Device? DeviceOf(HttpContext context) => context.Items[typeof(Device)] as Device;

    /// <summary>Gives the token to the browser, or gives it once more for as long.</summary>
    public static void Keep(HttpContext context, string token) => context.Response.Cookies.Append(CookieName, token, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        MaxAge = Lifetime,
        Path = context.Request.PathBase.Add("/"),
    });

    /// <summary>Gives the cookie that the request came with once more.</summary>
    public static void KeepOn(HttpContext context)
    {
        if (DeviceOf(context) is not null && context.Request.Cookies[CookieName] is { } token)
        {
            Keep(context, token);
        }
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Device.ParseToken(Request.Cookies[CookieName]) is not var (id, hash))
        {
            return AuthenticateResult.NoResult();
        }

        if (await database.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, Context.RequestAborted) is not { } device
            || !device.IsHeldBy(hash))
        {
            return AuthenticateResult.Fail("The device is not paired any more.");
        }

        Context.Items[typeof(Device)] = device;
        var identity = new ClaimsIdentity(Scheme.Name);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, device.Id.ToString("N")));
        identity.AddClaim(new Claim(ClaimTypes.Name, device.Name));
        identity.AddClaim(new Claim(ApiKeyHandler.ScopeClaim, Permissions.Kiosk));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Addresses.IsForPrograms(Request.Path))
        {
            return NotPaired.RefuseAsync(Context);
        }

        Response.Redirect(Request.PathBase + PairPath);
        return Task.CompletedTask;
    }
}

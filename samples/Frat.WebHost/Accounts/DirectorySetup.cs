using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Frat.WebHost;

/// <summary>Signing in at the organisation's directory: OpenID Connect by the framework's handler, code flow with PKCE.</summary>
internal static class DirectorySetup
{
    public const string Scheme = "directory";
    public const string Subject = "sub";
    public const string Issuer = "iss";

    /// <summary>The page that begins and ends it.</summary>
    public const string Path = "/sign-in/directory";

    public static void AddDirectory(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<DirectoryOptions>, DirectoryOptionsValidator>();
        services.AddOptions<DirectoryOptions>().ValidateOnStart();
        services.AddScoped<DirectoryAccounts>();
        if (!builder.Configuration.HasDirectory())
        {
            return;
        }

        // What goes wrong is said once, by this host, without a stack trace: strangers can make it go wrong.
        builder.Logging.AddFilter(typeof(OpenIdConnectHandler).FullName, LogLevel.None);
        services.AddAuthentication().AddOpenIdConnect(Scheme, null, _ => { });
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<DirectoryOptions>>(Configure);
    }

    private static void Configure(OpenIdConnectOptions options, IOptions<DirectoryOptions> settings)
    {
        var directory = settings.Value;
        (options.Authority, options.ClientId, options.ClientSecret) = (directory.Authority, directory.ClientId, directory.ClientSecret);
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query; // A form that another site posts is refused here.
        options.UsePkce = true;
        options.DisableTelemetry = true; // Which versions run here is nobody's business.
        options.Scope.Clear();
        foreach (var scope in directory.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            options.Scope.Add(scope);
        }

        options.RequireHttpsMetadata = new Uri(directory.Authority!).Scheme == Uri.UriSchemeHttps;
#pragma warning disable CA2000 // The handler's client has it as long as the host runs.
        options.BackchannelHttpHandler = new PrivateOnly(new SocketsHttpHandler { AllowAutoRedirect = false });
#pragma warning restore CA2000
        options.BackchannelTimeout = TimeSpan.FromSeconds(30);
        options.GetClaimsFromUserInfoEndpoint = true; // Some keep their tokens short.
        options.MapInboundClaims = false;
        options.ClaimActions.Clear();
        foreach (var claim in ClaimsOf(directory))
        {
            options.ClaimActions.MapJsonKey(claim, claim);
        }

        options.RemoteSignOutPath = default; // Any page could end somebody's session by it.
        options.SignedOutRedirectUri = "/sign-in";
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.MaxAge = options.RemoteAuthenticationTimeout; // By the browser's clock alone: the two may differ.
        }

        options.Events.OnTokenValidated = context =>
        {
            context.Properties!.Items[Issuer] = context.SecurityToken.Issuer;
            return Task.CompletedTask;
        };
        options.Events.OnTicketReceived = context =>
        {
            // Only what is asked of it: a directory can name hundreds of groups, and this becomes a cookie for a moment.
            var wanted = ClaimsOf(directory).Append(Subject).ToHashSet(StringComparer.Ordinal);
            var told = context.Principal!.Claims.Where(claim => wanted.Contains(claim.Type))
                .DistinctBy(claim => (claim.Type, claim.Value));
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity(told, Scheme));
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
        {
            context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DirectorySetup))
                .DirectorySignInFailed(Describe(context.Failure));
            context.Response.Redirect($"{context.Request.PathBase}{Path}?handler=Failed");
            context.HandleResponse();
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.ClientId = context.Options.ClientId; // Instead of a token, which isn't kept.
            return Task.CompletedTask;
        };
    }

    private static IEnumerable<string> ClaimsOf(DirectoryOptions directory) =>
        new[] { directory.NameClaim, directory.RoleClaim, directory.EmployeeIdClaim }.OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>What went wrong at the bottom, in a line of bounded length: strangers write parts of it.</summary>
    public static string Describe(Exception? exception)
    {
        const int MaxLength = 300;
        var line = string.Concat(
            (exception?.GetBaseException().Message ?? "").Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length > MaxLength ? line[..MaxLength] + '…' : line;
    }

    /// <summary>Lets nothing of the sign-in out in the clear, whatever address the directory names.</summary>
    private sealed class PrivateOnly(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            DirectoryOptions.IsPrivate(request.RequestUri!)
                ? base.SendAsync(request, cancellationToken)
                : throw new HttpRequestException($"The directory names {request.RequestUri}, which is not https.");
    }
}

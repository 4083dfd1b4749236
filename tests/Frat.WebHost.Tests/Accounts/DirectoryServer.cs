using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Refusals = OpenIddict.Abstractions.OpenIddictConstants.Errors;
using Allowed = OpenIddict.Abstractions.OpenIddictConstants.Permissions;

namespace Frat.WebHost.Tests.Accounts;

/// <summary>Somebody who has an account at the directory.</summary>
internal sealed record DirectoryPerson(string Subject, string Name, params string[] Roles)
{
    public string? EmployeeId { get; init; }

    /// <summary>Whether the roles stand at the directory's endpoint alone, and not in its token.</summary>
    public bool KeepsTokensShort { get; init; }
}

/// <summary>
/// A directory on this machine: OpenIddict, with codes that it keeps and takes back. Whoever is present is signed in there.
/// </summary>
public sealed class DirectoryServer : IAsyncDisposable
{
    public const string ClientId = "frat";
    public const string ClientSecret = "what the directory and the host share";
    public const string EmployeeIdClaim = "employee_number";
    public const string RoleClaim = "groups";

    private readonly SqliteConnection _database;
    private readonly WebApplication _app;

    private DirectoryServer(SqliteConnection database, WebApplication app) => (_database, _app) = (database, app);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Who sits before the browser; null for somebody who presses "no".</summary>
    internal DirectoryPerson? Present { get; set; }

    public static async Task<DirectoryServer> StartAsync()
    {
        var database = new SqliteConnection("Data Source=:memory:"); // It lives as long as the connection.
        await database.OpenAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDbContext<DbContext>(options => options.UseSqlite(database).UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("userinfo")
                    .SetEndSessionEndpointUris("out");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Profile);
                server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableUserInfoEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        var app = builder.Build();
        var server = new DirectoryServer(database, app);
        app.MapGet("/authorize", server.Authorize);
        app.MapGet("/userinfo", (Delegate)server.DescribeAsync);
        app.MapGet("/out", () => Results.SignOut(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]));
        using (var scope = app.Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<DbContext>().Database.EnsureCreatedAsync();
        }

        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        await client.GetStringAsync(new Uri(".well-known/openid-configuration", UriKind.Relative)); // The first answer takes its time.
        return server;
    }

    /// <summary>Tells the directory of a host, whose people sign in here.</summary>
    public async Task AddAsync(Uri host)
    {
        using var scope = _app.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            RedirectUris = { new Uri(host, "signin-oidc") },
            PostLogoutRedirectUris = { new Uri(host, "signout-callback-oidc") },
            Permissions =
            {
                Allowed.Endpoints.Authorization, Allowed.Endpoints.Token, Allowed.Endpoints.EndSession,
                Allowed.GrantTypes.AuthorizationCode, Allowed.ResponseTypes.Code, Allowed.Scopes.Profile,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private IResult Authorize(HttpContext context)
    {
        if (Present is not { } person)
        {
            return Results.Forbid(
                new AuthenticationProperties(new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = Refusals.AccessDenied,
                }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }

        var identity = new ClaimsIdentity("directory");
        identity.SetClaim(Claims.Subject, person.Subject).SetClaim(Claims.PreferredUsername, person.Name)
            .SetClaim(EmployeeIdClaim, person.EmployeeId);
        if (!person.KeepsTokensShort)
        {
            identity.SetClaims(RoleClaim, [.. person.Roles]);
        }

        identity.SetScopes(context.GetOpenIddictServerRequest()!.GetScopes());
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private async Task<IResult> DescribeAsync(HttpContext context)
    {
        var caller = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return Results.Json(new Dictionary<string, object>
        {
            [Claims.Subject] = caller.Principal!.GetClaim(Claims.Subject)!,
            [RoleClaim] = Present?.Roles ?? [],
        });
    }
}

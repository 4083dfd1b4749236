using Frat.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>Puts sign-in together: ASP.NET Core Identity on FRAT's database, keys for programs, and what each may do.</summary>
internal static class AccountSetup
{
    /// <summary>The scheme that decides by the request which other one signs it in.</summary>
    public const string AnyScheme = "Frat";

    public static void AddAccounts(this WebApplicationBuilder builder, FratBuilder frat)
    {
        if (DatabaseAddress.Read(builder.Configuration, builder.Environment.ContentRootPath).Kind == DatabaseKind.PostgreSql)
        {
            frat.ShareDatabase<HostContext, PostgreSqlHostContext>(HostContext.HistoryTable);
        }
        else
        {
            frat.ShareDatabase<HostContext, SqliteHostContext>(HostContext.HistoryTable);
        }

        var services = builder.Services;
        services.AddSingleton<HostDatabase>();
        services.AddOptions<AccountOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddAuthentication(AnyScheme)
            .AddPolicyScheme(AnyScheme, null, options => options.ForwardDefaultSelector = context =>
                ApiKeyHandler.IsCarriedBy(context.Request) ? ApiKeyHandler.SchemeName : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddIdentityCookies();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, Session>();
        services.AddIdentityCore<Account>(Configure)
            .AddSignInManager<AccountSignIn>()
            .AddClaimsPrincipalFactory<AccountClaims>()
            .AddPasswordValidator<PasswordRules>()
            .AddDefaultTokenProviders()
            .AddEntityFrameworkStores<HostContext>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000); // OWASP, for PBKDF2 with SHA-512.
        services.Configure<SecurityStampValidatorOptions>(stamps => stamps.ValidationInterval = TimeSpan.FromMinutes(1));
        services.Configure<DataProtectionTokenProviderOptions>(tokens => tokens.TokenLifespan = AccountAdministration.LinkLifetime);
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<FirstLink>();
        services.AddSingleton<FirstRun>();
        services.AddScoped<AccountAdministration>();
        if (!builder.Configuration.IsOpen())
        {
            services.AddHostedService<FirstRunNote>();
        }

        builder.AddDirectory();
        builder.AddPermissions();
    }

    private static void Configure(IdentityOptions options)
    {
        options.Stores.SchemaVersion = HostContext.IdentitySchema;
        options.User.RequireUniqueEmail = false;
        options.User.AllowedUserNameCharacters = ""; // Names and addresses of any script: IsLine() decides.
        options.Password = new PasswordOptions
        {
            // Length is what counts (NIST SP 800-63B); rules about digits make people choose worse ones.
            RequiredLength = PasswordRules.MinLength,
            RequiredUniqueChars = 5,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        options.Tokens.AuthenticatorIssuer = "FRAT";
    }
}

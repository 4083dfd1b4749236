using Microsoft.AspNetCore.Authentication;

namespace Frat.WebHost;

/// <summary>Puts the devices together: how they sign in, who administers them.</summary>
internal static class DeviceSetup
{
    public static void AddDevices(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, DeviceHandler>(DeviceHandler.SchemeName, null);
        services.Configure<PolicySchemeOptions>(AccountSetup.AnyScheme, options =>
        {
            var others = options.ForwardDefaultSelector;
            options.ForwardDefaultSelector = context =>
                context.Request.Path.StartsWithSegments(Addresses.Kiosk) ? DeviceHandler.SchemeName : others?.Invoke(context);
        });
        services.AddSingleton<PairingAttempts>();
        services.AddScoped<DeviceAdministration>();
        services.AddScoped<DeviceBook>();
    }

    /// <summary>On a paired tablet, the host's first page is the kiosk, unless somebody signed in there.</summary>
    public static void UseKioskAsHome(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.Path == "/" && HttpMethods.IsGet(context.Request.Method)
            && context.Request.Cookies.ContainsKey(DeviceHandler.CookieName)
            && context.User.Identity is not { IsAuthenticated: true }
            && (await context.AuthenticateAsync(DeviceHandler.SchemeName)).Succeeded)
        {
            context.Response.Redirect(context.Request.PathBase + Addresses.Kiosk);
            return;
        }

        await next(context);
    });
}

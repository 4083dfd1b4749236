using Microsoft.AspNetCore.Authentication;

namespace Frat.WebHost;

/// <summary>Puts the devices together: how they sign in, who administers them.</summary>
internal static class DeviceSetup
{
    public static void AddDevices(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, DeviceHandler>(Addresses.DeviceScheme, null);
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
            && (await context.AuthenticateAsync(Addresses.DeviceScheme)).Succeeded)
        {
            context.Response.Redirect(context.Request.PathBase + Addresses.Kiosk);
            return;
        }

        await next(context);
    });
}

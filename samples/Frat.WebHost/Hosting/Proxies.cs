using Frat.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>
/// HTTPS as browsers see it: behind a proxy, whose word on client, scheme and name is taken only if it is a configured one's, or at the
/// host's own door.
/// </summary>
internal static class Proxies
{
    // The framework's own switch believes every client.
    private const string BelieveAnybody = "FORWARDEDHEADERS_ENABLED";

    public static void AddProxies(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>(BelieveAnybody))
        {
            throw new SettingException(
                $"ASPNETCORE_{BelieveAnybody} has every client say which address it has. Leave it out, and name the proxies in "
                    + "Frat:Proxies.");
        }

        builder.Services.Configure<AntiforgeryOptions>(forms => forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        builder.Services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsValidator>();
        builder.Services.AddOptions<ProxyOptions>().ValidateOnStart();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((headers, proxies) =>
        {
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            headers.ForwardLimit = null; // As many as there are proxies: the first address that is none of theirs is the client's.
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var network in proxies.Value.Read())
            {
                headers.KnownIPNetworks.Add(network);
            }
        });
    }

    public static void UseProxies(this WebApplication app)
    {
        // Without any, the framework's middleware would believe everybody.
        if (app.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.KnownIPNetworks.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseHsts(); // Over HTTPS only, and not on this machine. 30 days: a site may have to go back.
    }
}

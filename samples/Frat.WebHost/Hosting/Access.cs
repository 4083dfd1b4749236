using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>Keeps the host to its own machine, and its endpoints to its own pages and to scripts.</summary>
internal static class Access
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddOptions<AccessOptions>().BindConfiguration(EngineSetup.Section).ValidateOnStart();
        Decorate<IConnectionListenerFactory>(
            builder.Services, (services, transport) => new LoopbackTransport(transport, services.GetRequiredService<IOptions<AccessOptions>>()));
        Decorate<IMultiplexedConnectionListenerFactory>(
            builder.Services, (services, transport) => new LoopbackTransport.Multiplexed(transport, services.GetRequiredService<IOptions<AccessOptions>>()));
    }

    public static void UseAccess(this WebApplication app)
    {
        var loopbackOnly = app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.Access != AccessMode.Open;
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Access));
        if (!loopbackOnly)
        {
            logger.AccessIsOpen();
        }

        app.Use(async (context, next) =>
        {
            if (loopbackOnly && !IsOwnName(context.Request.Host))
            {
                logger.HostRefused();
                await new Failure(
                    StatusCodes.Status400BadRequest,
                    "hostNotAllowed",
                    "This host answers to localhost only. Frat:Access=Open lets it answer to other names.").WriteAsync(context);
            }
            else if (ChangesSomething(context.Request.Method) && IsFromAnotherSite(context.Request))
            {
                logger.CrossSiteRefused();
                await new Failure(StatusCodes.Status403Forbidden, "crossSite", "Requests from the pages of another site are refused.").WriteAsync(context);
            }
            else
            {
                await next(context);
            }
        });
    }

    // A page of a stranger's can make its own name point to 127.0.0.1 (DNS rebinding); the Host header then still carries that name.
    private static bool IsOwnName(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));

    private static bool ChangesSomething(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    // Browsers send these headers and pages can't forge them; scripts don't send them.
    private static bool IsFromAnotherSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site, ..] && site is not ("same-origin" or "none"))
        {
            return true;
        }

        return request.Headers.Origin is [{ } origin, ..]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsSameAuthority(from, request.Host));
    }

    private static bool IsSameAuthority(Uri origin, HostString host) =>
        Uri.TryCreate($"{origin.Scheme}://{host.Value}", UriKind.Absolute, out var own)
        && Uri.Compare(origin, own, UriComponents.HostAndPort, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static void Decorate<T>(IServiceCollection services, Func<IServiceProvider, T, T> decorate)
        where T : class
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { ServiceType: var type, ImplementationType: { } implementation, IsKeyedService: false } && type == typeof(T))
            {
                services[i] = ServiceDescriptor.Singleton(provider => decorate(provider, (T)ActivatorUtilities.CreateInstance(provider, implementation)));
            }
        }
    }
}

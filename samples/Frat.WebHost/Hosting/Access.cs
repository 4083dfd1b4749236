using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Frat.WebHost;

/// <summary>Keeps the host to its own machine, and its endpoints to its own pages and to scripts.</summary>
internal static class Access
{
    private const string AnyName = "*";

    private static readonly FratProblem HostNotAllowed = new()
    {
        Status = StatusCodes.Status400BadRequest,
        Code = "hostNotAllowed",
        Message = "This host answers to localhost and to its own address only. Frat:Hosts lets it answer to other names.",
    };

    private static readonly FratProblem CrossSite = new()
    {
        Status = StatusCodes.Status403Forbidden,
        Code = "crossSite",
        Message = "Requests from the pages of another site are refused.",
    };

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddOptions<AccessOptions>().ValidateOnStart();
        builder.Services.Decorate<IConnectionListenerFactory>(
            (services, transport) => new LoopbackTransport(transport, services.GetRequiredService<IOptions<AccessOptions>>()));
        builder.Services.Decorate<IMultiplexedConnectionListenerFactory>(
            (services, transport) => new LoopbackTransport.Multiplexed(transport, services.GetRequiredService<IOptions<AccessOptions>>()));
    }

    public static void UseAccess(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<AccessOptions>>().Value;
        var names = NamesOf(options.Hosts ?? app.Configuration["AllowedHosts"]);
        var anyName = names.Contains(AnyName);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Access));
        if (options.Access == AccessMode.Open)
        {
            logger.AccessIsOpen();
        }

        if (anyName)
        {
            logger.AnyHostIsAllowed();
        }

        app.Use(async (context, next) =>
        {
            if (!anyName && !IsOwnName(context) && !(names.Count > 0 && HostString.MatchesAny(context.Request.Host.Value, names)))
            {
                await HostNotAllowed.RefuseAsync(context);
            }
            // What programs read is somebody's, whatever the method: a page of another site can't read the answer, but it can have it
            // fetched and kept.
            else if ((ChangesSomething(context.Request.Method) || Addresses.IsForPrograms(context.Request.Path))
                && IsFromAnotherSite(context.Request))
            {
                await CrossSite.RefuseAsync(context);
            }
            else
            {
                await next(context);
            }
        });
    }

    private static List<StringSegment> NamesOf(string? hosts) =>
        [.. (hosts ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => new StringSegment(name))];

    // A page of a stranger's can make its own name point to 127.0.0.1, or to this host (DNS rebinding); the Host header then still carries
    // that name. An address is no name: who calls the host by the address that it is reached at was not led astray.
    private static bool IsOwnName(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address)
                && (IPAddress.IsLoopback(address) || Plain(address).Equals(Plain(context.Connection.LocalIpAddress))));

        static IPAddress Plain(IPAddress? address) =>
            address is null ? IPAddress.None : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private static bool ChangesSomething(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

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
}

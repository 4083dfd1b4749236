using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Frat.AspNetCore;

/// <summary>
/// The address of a request as it was sent. Servers, proxies and logs each decode and tidy addresses in their own way; an address that two
/// of them may read differently is refused, so that whom a proxy lets pass is whom the host acts on.
/// </summary>
internal static class RequestTarget
{
    private const int Decodings = 3; // A proxy may decode once more than the host, and so may one before it.

    /// <summary>The answer to others.</summary>
    public static FratProblem Unclear { get; } = new(
        StatusCodes.Status400BadRequest,
        "unclearAddress",
        "This address can be read in more than one way. Write it without empty and dotted parts, and each parameter once.");

    /// <summary>The address of a request, with all that stands before it in this application.</summary>
    public static string AddressOf(HttpRequest request) => (request.PathBase + request.Path).ToUriComponent().TrimEnd('/');

    /// <summary>Whether everybody reads the address and the query of a request alike.</summary>
    public static bool IsClear(HttpContext context) =>
        IsClear(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "")
            && context.Request.Query.All(parameter => parameter.Value.Count == 1);

    /// <summary>Whether everybody reads an address alike.</summary>
    /// <param name="target">As the request's first line has it; empty where the server doesn't tell.</param>
    public static bool IsClear(string target)
    {
        var path = PathOf(target);
        if (path is "" or "*")
        {
            return true;
        }

        if (path[0] != '/' || path.AsSpan().ContainsAny('\\', '#') || !IsWellEncoded(path))
        {
            return false;
        }

        // Of http://host/path, the server decodes %2F as well.
        if (target[0] != '/' && path.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        for (var i = 0; i < Decodings; i++)
        {
            path = Uri.UnescapeDataString(path);
            var parts = path.Split('/', '\\')[1..];
            if (parts.Any(part => part is "." or ".." || part.Contains('\0', StringComparison.Ordinal)) || parts.SkipLast(1).Contains(""))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What stands in the address for a parameter of the route, decoded whole: the server leaves <c>%2F</c> as it is, and so makes it look
    /// like <c>%252F</c>.
    /// </summary>
    /// <param name="context">The request, after the routing.</param>
    /// <param name="name">The parameter, which is a whole segment.</param>
    /// <param name="routed">What the routing made of it.</param>
    public static string Parameter(HttpContext context, string name, string routed)
    {
        var path = PathOf(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "");
        if (path.Length == 0)
        {
            return routed; // A server that doesn't tell, such as the one for tests, has decoded all of it.
        }

        var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.PathSegments ?? [];
        var fromEnd = 0;
        for (var i = 0; i < pattern.Count && fromEnd == 0; i++)
        {
            fromEnd = pattern[i].Parts is [RoutePatternParameterPart part] && part.Name == name ? pattern.Count - i : 0;
        }

        var segments = (path.EndsWith('/') ? path[..^1] : path).Split('/');
        if (fromEnd == 0 || fromEnd >= segments.Length)
        {
            return Decode(routed);
        }

        var sent = Uri.UnescapeDataString(segments[^fromEnd]);
        return Decode(sent) == Decode(routed) ? sent : throw new BadHttpRequestException(Unclear.Message);

        static string Decode(string text) => text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
    }

    // Without the query; of http://host/path, the path. That its host is that of the header, the server has seen to.
    private static string PathOf(string target)
    {
        var path = target.Split('?')[0];
        var authority = path.StartsWith('/') ? -1 : path.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
        {
            return path;
        }

        var slash = path.IndexOf('/', authority + 3);
        return slash < 0 ? "/" : path[slash..];
    }

    private static bool IsWellEncoded(string path)
    {
        for (var i = path.IndexOf('%', StringComparison.Ordinal); i >= 0; i = path.IndexOf('%', i + 1))
        {
            if (i + 2 >= path.Length || !char.IsAsciiHexDigit(path[i + 1]) || !char.IsAsciiHexDigit(path[i + 2]))
            {
                return false;
            }
        }

        return true;
    }
}

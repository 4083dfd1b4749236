using System.Security.Claims;

namespace Frat.AspNetCore;

/// <summary>How the endpoints of <c>MapFrat()</c> behave.</summary>
public sealed class FratEndpointOptions
{
    /// <summary>
    /// Who makes a request, for the audit trail; null when that isn't known. By default the signed-in user: the id is the claim
    /// <see cref="ClaimTypes.NameIdentifier"/>, or else the name.
    /// </summary>
    public Func<HttpContext, Actor?> Actor { get; set; } = OfUser;

    /// <summary>
    /// Whether a caller of whom <see cref="Actor"/> knows nothing may say who they are, in the field <c>by</c>. Default false: the field is
    /// refused, so that nobody signs with another's name. For an application without users, on a network where everybody is trusted.
    /// </summary>
    public bool CallersNameThemselves { get; set; }

    /// <summary>
    /// Whether the moment that a caller says a check-in was at, <c>capturedAt</c>, is taken: it decides what the day comes to. By default
    /// of callers who are signed in, such as a kiosk's own account; of others the field is refused, as anybody could come in time with it.
    /// </summary>
    public Func<HttpContext, bool> TrustsClockOf { get; set; } = context => context.User.Identity is { IsAuthenticated: true };

    private static Actor? OfUser(HttpContext context)
    {
        if (context.User is not { Identity: { IsAuthenticated: true } identity } user)
        {
            return null;
        }

        var (id, name) = (user.FindFirstValue(ClaimTypes.NameIdentifier), identity.Name);
        return (id ?? name) is { } known ? Frat.Actor.User(known, name == known ? null : name) : null;
    }
}

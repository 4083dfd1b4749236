using System.Security.Claims;

namespace Frat.WebHost;

/// <summary>Who makes a request, for the audit trail.</summary>
internal static class Callers
{
    /// <summary>Who is signed in, or else who a form says they are, where a host is open.</summary>
    /// <param name="context">The request.</param>
    /// <param name="claimed">The name that the form gives; null where it asks for none.</param>
    /// <returns>Null where nobody is known.</returns>
    public static Actor? Of(HttpContext context, string? claimed) =>
        Of(context) ?? (Actor.IsId(claimed?.Trim()) ? Actor.Claimed(claimed!.Trim()) : null);

    public static Actor? Of(HttpContext context)
    {
        var user = context.User;
        if (user.Identity is not { IsAuthenticated: true } || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
        {
            return null;
        }

        return user.Identity.AuthenticationType == ApiKeyHandler.SchemeName
            ? new Actor { Kind = ActorKind.Application, Id = id, Name = user.Identity.Name }
            : Actor.User(id, user.Identity.Name);
    }
}

using System.Security.Claims;

namespace Frat.WebHost;

/// <summary>Who makes a request, for the audit trail.</summary>
internal static class Callers
{
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

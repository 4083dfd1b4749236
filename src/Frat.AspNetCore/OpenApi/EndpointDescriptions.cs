using Microsoft.AspNetCore.Mvc;

namespace Frat.AspNetCore;

/// <summary>Describes endpoints of the package.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Names an endpoint for documents and policies.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="id">The operation's id in an API document.</param>
    /// <param name="tag">Under what it is listed there.</param>
    /// <param name="policy">Which of <see cref="FratPolicies"/> guards it where they are asked for.</param>
    public static RouteHandlerBuilder Is(this RouteHandlerBuilder endpoint, string id, string tag, string policy) =>
        endpoint.WithMetadata(new Operation(id, policy)).WithTags(tag);

    /// <summary>Says which failures an endpoint answers.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<ProblemDetails>(status, "application/problem+json");
        }

        return endpoint;
    }
}

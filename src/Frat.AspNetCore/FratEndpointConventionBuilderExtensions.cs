using Microsoft.AspNetCore.Authorization;
using Frat.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Conventions of FRAT's endpoints.</summary>
public static class FratEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Asks for one of <see cref="FratPolicies"/> at each call, by what it does. The application says what each of them means.
    /// </summary>
    /// <param name="endpoints">What <c>MapFrat()</c> or one of its parts returned.</param>
    /// <returns>The same builder.</returns>
    public static IEndpointConventionBuilder RequireFratPolicies(this IEndpointConventionBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<Operation>().LastOrDefault() is { } operation)
            {
                endpoint.Metadata.Add(new AuthorizeAttribute(operation.Policy));
            }
        });
        return endpoints;
    }
}

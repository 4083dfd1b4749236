using Frat.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>
/// Holds all requests of an application to what FRAT's own endpoints are held to anyway: for one that strangers reach, or a proxy guards by
/// address. They need <c>AddFratEndpoints()</c>.
/// </summary>
public static class FratApplicationBuilderExtensions
{
    /// <summary>
    /// Refuses, with 400 and <c>unclearAddress</c>, an address that servers and proxies may read differently: with empty or dotted parts,
    /// encoded ones included, or with a query parameter that comes twice.
    /// </summary>
    /// <param name="app">The application; to stand before everything that looks at the path.</param>
    /// <returns>The same application.</returns>
    public static IApplicationBuilder UseFratClearAddresses(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use((context, next) =>
            RequestTarget.IsClear(context) ? next(context) : RequestTarget.Unclear.RefuseAsync(context));
    }

    /// <summary>
    /// Refuses bodies that are too large, and gives up those that come too slowly: 64 KiB, or what the endpoint says with
    /// <see cref="Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata"/>, at 50 KB per second. The body of a request that passes
    /// has arrived, whole or with its first 128 KiB.
    /// </summary>
    /// <param name="app">The application; to stand behind <c>UseRouting()</c>.</param>
    /// <returns>The same application.</returns>
    public static IApplicationBuilder UseFratBodyLimits(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use(async (context, next) =>
        {
            if (await BodyLimits.CheckAsync(context) is { } problem)
            {
                await problem.ExecuteAsync(context);
            }
            else
            {
                await next(context);
            }
        });
    }
}

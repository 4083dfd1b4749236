using Microsoft.AspNetCore.Http.Metadata;

namespace Frat.AspNetCore;

/// <summary>Uploads stay in memory; the memory that they take is bounded, and so is the work.</summary>
internal static class UploadEndpoints
{
    /// <summary>
    /// Marks an endpoint that takes images: its body may be as long as <see cref="UploadLimits.MaxRequestBytes"/>, and waits at the
    /// <see cref="UploadGate"/> before more of it is read than its beginning. What is no check-in has a rate, too.
    /// </summary>
    public static RouteHandlerBuilder TakesUploads(this RouteHandlerBuilder endpoint, UploadKind kind)
    {
        endpoint.Add(
            builder => builder.Metadata.Add(new SizeLimit(builder.ApplicationServices.GetRequiredService<UploadLimits>().MaxRequestBytes)));
        return endpoint.AddEndpointFilter(async (context, next) =>
        {
            var call = context.HttpContext;
            var services = call.RequestServices;
            var from = RemoteAddress.Of(call);
            if (kind == UploadKind.Other && services.GetRequiredService<PhotoRates>().Spend(from, photos: 1) is { } tooMany)
            {
                return tooMany.ClosingConnection();
            }

            using var turn = await services.GetRequiredService<UploadGate>()
                .EnterAsync(kind, from, call.Request.ContentLength ?? 0, call.RequestAborted);
            return turn is null ? UploadGate.Busy.ClosingConnection() : await next(context);
        });
    }
}

/// <summary>How long a body may be, for the routing, which tells the server.</summary>
internal sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

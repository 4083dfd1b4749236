using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Frat.WebHost;

/// <summary>Uploads stay in memory, and the memory that they take is bounded.</summary>
internal static class Uploads
{
    public static void AddUploads(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<UploadLimits>();
        builder.Services.AddSingleton<UploadGate>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<UploadLimits>((kestrel, limits) =>
        {
            kestrel.Limits.MaxRequestBodySize = limits.MaxRequestBytes;
            kestrel.Limits.MaxRequestBufferSize = 128 * 1024; // What a waiting upload may send ahead; it is multiplied by all who wait.
        });

        // Uploads are read by UploadedForm. Whatever else reads a form must not spill a photo into a temporary file either.
        builder.Services.AddOptions<FormOptions>().Configure<UploadLimits>((form, limits) =>
        {
            form.MemoryBufferThreshold = (int)Math.Min(limits.MaxRequestBytes, int.MaxValue);
            form.MultipartBodyLengthLimit = limits.MaxRequestBytes;
        });
    }

    /// <summary>Marks an endpoint that takes images: it waits at the <see cref="UploadGate"/> before the body is read.</summary>
    public static RouteHandlerBuilder TakesUploads(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        var gate = context.HttpContext.RequestServices.GetRequiredService<UploadGate>();
        using var turn = await gate.EnterAsync(context.HttpContext.Request.ContentLength, context.HttpContext.RequestAborted);
        return turn.IsAcquired ? await next(context) : new FailureResult(UploadGate.Busy);
    });
}

using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace Frat.AspNetCore;

/// <summary>What a body is held to, before an endpoint sees it: its size, and how fast it comes.</summary>
internal static class BodyLimits
{
    private static readonly object Seen = new();

    /// <summary>Holds a request to its endpoint's limits; the endpoint says how much it takes by its metadata.</summary>
    /// <param name="context">The request, after the routing.</param>
    /// <returns>Why it can't be taken, which is counted; null when it can, or was looked at before.</returns>
    public static async ValueTask<FratProblem?> CheckAsync(HttpContext context)
    {
        // An error page is drawn by the same request once more.
        if (!MayHaveBody(context) || !context.Items.TryAdd(Seen, null))
        {
            return null;
        }

        var limit = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize
            ?? UploadLimits.MaxPlainBytes;
        var length = context.Request.ContentLength;
        if (length > limit)
        {
            context.RequestServices.GetRequiredService<Refusals>().Count(Arrivals.TooLargeCode);
            return Arrivals.TooLarge(limit);
        }

        return IsReadable(context.Request)
            ? await ReceiveAsync(context, length, limit)
            : FratProblem.OfStatus(StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<FratProblem?> ReceiveAsync(HttpContext context, long? length, long limit)
    {
        // Of an upload without a length nothing is read: it is refused by who reads it. All other bodies are there, whole, before anybody
        // reads them.
        var isUpload = limit > UploadLimits.MaxPlainBytes;
        if (isUpload && length is null)
        {
            return null;
        }

        // Of HTTP/2 and 3, the server's rate is for all connections, and can't be set for one.
        var rate = context.Features.Get<IHttpMinRequestBodyDataRateFeature>();
        if (rate is not null && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            rate.MinDataRate = new MinDataRate(UploadLimits.MinBytesPerSecond, UploadLimits.Grace);
        }

        var reader = context.Request.BodyReader;
        var enough = (int)Math.Min(length ?? (limit + 1), UploadLimits.MaxWaitingBytes);
        var arrivals = context.RequestServices.GetRequiredService<Arrivals>();
        var problem = await arrivals.ReceiveAsync(reader, RemoteAddress.Of(context), enough, length, limit);
        if (rate is null)
        {
            // Not Kestrel, whose stream and reader are one: what was looked at stays in the reader.
            context.Request.Body = reader.AsStream(leaveOpen: true);
        }

        return problem;
    }

    // JSON is UTF-8 (RFC 8259). The framework fails at other encodings, instead of refusing them.
    private static bool IsReadable(HttpRequest request) =>
        !request.HasJsonContentType()
        || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        || type.Charset.Length == 0
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static bool MayHaveBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? context.Request.ContentLength != 0;
}

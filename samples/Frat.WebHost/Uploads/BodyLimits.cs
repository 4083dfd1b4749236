using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace Frat.WebHost;

/// <summary>What every body is held to, before an endpoint sees it: its size, and how fast it comes.</summary>
internal static class BodyLimits
{
    private const int MaxFields = 32;
    private const int MaxKeyLength = 128;
    private const int MaxValueLength = 4096;
    private static readonly object Seen = new();

    public static void AddBodyLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<UploadLimits>();
        builder.Services.AddSingleton<Refusals>();
        builder.Services.AddSingleton<Arrivals>();
        builder.Services.AddSingleton<LongAnswers>();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = UploadLimits.MaxPlainBytes; // An endpoint raises it by its metadata.
            limits.MaxRequestBufferSize = UploadLimits.MaxWaitingBytes;
            limits.MinRequestBodyDataRate = new MinDataRate(UploadLimits.MinBytesPerSecond, UploadLimits.Grace);
            // Who reads holds a database connection.
            limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 10_000, gracePeriod: TimeSpan.FromSeconds(10));
            limits.Http2.InitialStreamWindowSize = UploadLimits.MaxWaitingBytes;
            limits.Http2.InitialConnectionWindowSize = 8 * UploadLimits.MaxWaitingBytes;
            limits.Http2.MaxStreamsPerConnection = 32;
        });

        // The forms of pages. Uploads are read by UploadedForm; whatever else reads a form stays in memory, too.
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = MaxFields;
            form.KeyLengthLimit = MaxKeyLength;
            form.ValueLengthLimit = MaxValueLength;
            form.MemoryBufferThreshold = UploadLimits.MaxPlainBytes;
            form.BufferBodyLengthLimit = UploadLimits.MaxPlainBytes;
            form.MultipartBodyLengthLimit = UploadLimits.MaxPlainBytes;
            form.MultipartBoundaryLengthLimit = MaxKeyLength;
        });
    }

    /// <summary>Stands behind the routing: the endpoint says how much it takes.</summary>
    public static void UseBodyLimits(this WebApplication app)
    {
        var arrivals = app.Services.GetRequiredService<Arrivals>();
        var refusals = app.Services.GetRequiredService<Refusals>();
        app.Use(async (context, next) =>
        {
            // An error page is drawn by the same request once more.
            if (!MayHaveBody(context) || !context.Items.TryAdd(Seen, null))
            {
                await next(context);
                return;
            }

            var limit = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize
                ?? UploadLimits.MaxPlainBytes;
            var length = context.Request.ContentLength;
            if (length > limit)
            {
                refusals.Count(Arrivals.TooLargeCode);
                await Arrivals.TooLarge(limit).WriteAsync(context);
                return;
            }

            if (!IsReadable(context.Request))
            {
                await Failure.OfStatus(StatusCodes.Status415UnsupportedMediaType).WriteAsync(context);
                return;
            }

            if (await ReceiveAsync(context, arrivals, length, limit) is { } failure)
            {
                await failure.WriteAsync(context);
                return;
            }

            await next(context);
        });
    }

    private static async Task<Failure?> ReceiveAsync(HttpContext context, Arrivals arrivals, long? length, long limit)
    {
        // Of an upload without a length nothing is read: it is refused by who reads it. All other bodies are there, whole, before anybody
        // reads them.
        var isUpload = limit > UploadLimits.MaxPlainBytes;
        if (isUpload && length is null)
        {
            return null;
        }

        var reader = context.Request.BodyReader;
        var enough = (int)Math.Min(length ?? (limit + 1), UploadLimits.MaxWaitingBytes);
        var failure = await arrivals.ReceiveAsync(reader, RemoteAddress.Of(context), enough, length, limit);
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is null)
        {
            // Not Kestrel, whose stream and reader are one: what was looked at stays in the reader.
            context.Request.Body = reader.AsStream(leaveOpen: true);
        }

        return failure;
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

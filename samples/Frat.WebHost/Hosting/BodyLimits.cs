using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Frat.WebHost;

/// <summary>
/// What the server holds everybody to, pages included. FRAT's endpoints have limits of their own; these bound what the server itself keeps,
/// so that the host lives in its memory no matter who calls.
/// </summary>
internal static class BodyLimits
{
    private const int MaxBytes = 64 * 1024;

    // A whole camera frame, or the beginning of a larger upload. It is multiplied by all who wait.
    private const int MaxWaitingBytes = 128 * 1024;
    private const int MaxFields = 32;
    private const int MaxKeyLength = 128;
    private const int MaxValueLength = 4096;

    public static void AddBodyLimits(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = MaxBytes; // An endpoint raises it by its metadata.
            limits.MaxRequestBufferSize = MaxWaitingBytes;
            limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 50_000, gracePeriod: TimeSpan.FromSeconds(3));
            // Who reads holds a database connection.
            limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 10_000, gracePeriod: TimeSpan.FromSeconds(10));
            limits.Http2.InitialStreamWindowSize = MaxWaitingBytes;
            limits.Http2.InitialConnectionWindowSize = 8 * MaxWaitingBytes;
            limits.Http2.MaxStreamsPerConnection = 32;
        });

        // The forms of pages. Uploads are read by FRAT's endpoints; whatever else reads a form stays in memory, too.
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = MaxFields;
            form.KeyLengthLimit = MaxKeyLength;
            form.ValueLengthLimit = MaxValueLength;
            form.MemoryBufferThreshold = MaxBytes;
            form.BufferBodyLengthLimit = MaxBytes;
            form.MultipartBodyLengthLimit = MaxBytes;
            form.MultipartBoundaryLengthLimit = MaxKeyLength;
        });
    }
}

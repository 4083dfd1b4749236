using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>How much of an upload the host takes. The limit of one image is <see cref="ImageDecoderOptions.MaxBytes"/>.</summary>
internal sealed class UploadLimits(IOptions<ImageDecoderOptions> images)
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>How long one request may take to arrive: who sends a byte now and then must not hold the memory that others wait for.</summary>
    public static TimeSpan ReadTime { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The bytes of one image.</summary>
    public long MaxImageBytes => images.Value.MaxBytes;

    /// <summary>
    /// The bytes of one request. More than one image may have, so that an image that is somewhat too large is read to its end and
    /// answered: a browser or script that is cut off while it sends sees a broken connection, not the reason.
    /// </summary>
    public long MaxRequestBytes => MaxImageBytes + (12 * Mebibyte);
}

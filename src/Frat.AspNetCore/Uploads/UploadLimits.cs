using Microsoft.Extensions.Options;

namespace Frat.AspNetCore;

/// <summary>
/// How much of a body the host takes, and how fast it must come. The limit of one image is <see cref="ImageDecoderOptions.MaxBytes"/>.
/// </summary>
internal sealed class UploadLimits(IOptions<ImageDecoderOptions> images)
{
    /// <summary>The bytes of a body that is no upload: JSON, and the forms of pages.</summary>
    public const int MaxPlainBytes = 64 * 1024;

    /// <summary>
    /// What the server holds of a body that waits: a whole camera frame, or the beginning of a larger upload. It is multiplied by all who
    /// wait.
    /// </summary>
    public const int MaxWaitingBytes = 128 * 1024;

    /// <summary>
    /// The fewest bytes per second, on average. A phone on bad Wi-Fi has 100 KB/s; at half of it, a camera frame of 100 KB takes two
    /// seconds.
    /// </summary>
    public const int MinBytesPerSecond = 50_000;

    private const int Mebibyte = 1024 * 1024;

    /// <summary>From when on the rate counts: a device that changes the access point is silent for one or two seconds.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(3);

    /// <summary>The bytes of one image.</summary>
    public long MaxImageBytes => images.Value.MaxBytes;

    /// <summary>
    /// The bytes of one request. More than one image may have, so that an image that is somewhat too large is read to its end and
    /// answered: a browser or script that is cut off while it sends sees a broken connection, not the reason.
    /// </summary>
    public long MaxRequestBytes => MaxImageBytes + (12 * Mebibyte);

    /// <summary>How long a body may take to arrive, from its first byte to its last, whatever its rate was for a while.</summary>
    /// <param name="bytes">Its length, as announced.</param>
    public static TimeSpan ReadTime(long bytes) =>
        TimeSpan.FromSeconds(Math.Max(10, Grace.TotalSeconds + ((double)bytes / MinBytesPerSecond)));
}

namespace Frat;

/// <summary>
/// What decoding a picture costs at most, estimated from its header before anything is decoded: processor time and memory. This is the one
/// place that says what is too much; each format's reader feeds it with what it counts. The times were measured on one server's core (ADR
/// 0014), most of them with pictures that were made to be slow.
/// </summary>
/// <param name="Time">The processor time.</param>
/// <param name="WholeBytes">Memory that holds the whole picture, however small the result; 0 where rows come and go.</param>
internal readonly record struct ImageCost(TimeSpan Time, long WholeBytes)
{
    // The part of the limit that a file may cost whatever its size, and the bytes from which on it may cost all of it. So slow pictures
    // can't be sent for nothing: with the default limit, a byte buys a tenth of a microsecond.
    private const double FreePart = 0.25;
    private const double BytesForAll = 6_000_000;

    // Nanoseconds. JPEG: a block's inverse transform (in colour there are one and a half to three blocks for 64 pixels), less where it is
    // made smaller to an eighth or a quarter; what holding its coefficients adds, finding it in a scan, a coefficient of it that a scan
    // refines, a byte of codes, a pixel that comes out.
    private const long JpegBlock = 90;
    private const long JpegBlockQuartered = 45;
    private const long JpegBlockAlone = 25;
    private const long JpegHeldBlock = 80;
    private const long JpegVisit = 30;
    private const double JpegRefinement = 0.7;
    private const long JpegByte = 12;
    private const long JpegHeldByte = 33;
    private const long JpegPixel = 8;
    private const int JpegBlockBytes = 128;

    // PNG: a byte of a row, unpacked and its filter taken back; a pixel, turned into RGB and made smaller, and put into its place if
    // interlaced; a packed byte.
    private const double PngRowByte = 2.9;
    private const long PngPixel = 4;
    private const long PngGatheredPixel = 8;
    private const long PngByte = 9;

    // WebP: a pixel of each of its codings, and a byte.
    private const long WebpPixel = 8;
    private const long WebpByte = 90;
    private const long WebpLosslessPixel = 14;
    private const long WebpLosslessByte = 20;
    private const int WebpLosslessPixelBytes = 4;

    /// <summary>Of a JPEG.</summary>
    /// <param name="scans">How its picture is spread over the file.</param>
    /// <param name="maxSide">The longest side of the result.</param>
    /// <param name="fileBytes">The file's bytes.</param>
    public static ImageCost OfJpeg(JpegScans scans, int maxSide, int fileBytes)
    {
        var part = JpegPart(scans.Width, scans.Height, maxSide);
        var time = scans.Blocks * part switch { 8 => JpegBlockAlone, 4 => JpegBlockQuartered, _ => JpegBlock };
        time += (long)scans.Width * scans.Height / (part * part) * JpegPixel;
        time += scans.NeedWholePicture
            ? (scans.Blocks * JpegHeldBlock) + (scans.Visits * JpegVisit) + (long)(scans.Refinements * JpegRefinement)
                + (fileBytes * JpegHeldByte)
            : (scans.Visits * JpegVisit) + (fileBytes * JpegByte);

        // Without its end, it is decoded twice.
        return new ImageCost(Of(scans.HasEnd ? time : time * 2), scans.NeedWholePicture ? scans.Blocks * JpegBlockBytes : 0);
    }

    /// <summary>Of a PNG.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bitsPerPixel">Of all samples together.</param>
    /// <param name="isInterlaced">Whether its rows are spread over the file.</param>
    /// <param name="fileBytes">The file's bytes.</param>
    public static ImageCost OfPng(int width, int height, int bitsPerPixel, bool isInterlaced, int fileBytes)
    {
        var pixels = (long)width * height;
        var time = (long)((1 + ((((long)width * bitsPerPixel) + 7) / 8)) * height * PngRowByte) + (pixels * PngPixel)
            + (fileBytes * PngByte);
        return isInterlaced
            ? new ImageCost(Of(time + (pixels * PngGatheredPixel)), pixels * RgbImage.BytesPerPixel)
            : new ImageCost(Of(time), 0);
    }

    /// <summary>Of a WebP.</summary>
    /// <param name="pixels">Of the picture, or of the first one of several.</param>
    /// <param name="isLossless">Which coding it has.</param>
    /// <param name="hasAlpha">Whether a transparency of its own, without loss, is beside a lossy one.</param>
    /// <param name="fileBytes">The file's bytes.</param>
    public static ImageCost OfWebp(long pixels, bool isLossless, bool hasAlpha, int fileBytes) => isLossless
        ? new ImageCost(Of((pixels * WebpLosslessPixel) + (fileBytes * WebpLosslessByte)), pixels * WebpLosslessPixelBytes)
        : new ImageCost(
            Of((pixels * (WebpPixel + (hasAlpha ? WebpLosslessPixel : 0))) + (fileBytes * WebpByte)), hasAlpha ? pixels * 2 : pixels);

    /// <summary>What a file of a size may cost.</summary>
    /// <param name="limit"><see cref="ImageDecoderOptions.MaxCostMilliseconds"/>.</param>
    /// <param name="fileBytes">The file's bytes.</param>
    public static TimeSpan Allowed(TimeSpan limit, int fileBytes) =>
        limit * (FreePart + ((1 - FreePart) * Math.Min(1, fileBytes / BytesForAll)));

    /// <summary>
    /// By how much the decoder makes a JPEG smaller by itself: 1, 2, 4 or 8 times, to no less than two thirds of a limit. It comes out of a
    /// smaller inverse transform, which saves time and memory, and mostly the scaling after it.
    /// </summary>
    public static int JpegPart(int width, int height, int maxSide)
    {
        var part = 1;
        for (var side = Math.Max(width, height); part < 8 && side > maxSide; part *= 2)
        {
            side = (side + 1) / 2;
            if (side * 3L < maxSide * 2L)
            {
                break;
            }
        }

        return part;
    }

    private static TimeSpan Of(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}

using System.Buffers;
using SkiaSharp;

namespace Frat;

/// <summary>A picture whose header has been read. Holds the file's memory in place until it is disposed.</summary>
internal sealed class EncodedPicture : IDisposable
{
    private readonly MemoryHandle _pin;
    private readonly SKData _data;
    private readonly SKCodec _codec;

    private EncodedPicture(MemoryHandle pin, SKData data, SKCodec codec, bool needsWholePicture) =>
        (_pin, _data, _codec, NeedsWholePicture) = (pin, data, codec, needsWholePicture);

    public int Width => _codec.Info.Width;

    public int Height => _codec.Info.Height;

    public long Pixels => (long)Width * Height;

    /// <summary>True when decoding holds all pixels or coefficients in memory, however small the result.</summary>
    public bool NeedsWholePicture { get; }

    /// <summary>Reads the header; no memory for pixels is taken.</summary>
    /// <exception cref="InvalidFaceImageException">The format isn't supported, or the header is damaged.</exception>
    public static EncodedPicture Open(ReadOnlyMemory<byte> file)
    {
        var format = ImageSignature.Find(file.Span) ?? throw new InvalidFaceImageException(
            InvalidImageReason.UnsupportedFormat, $"The file is no image of a supported format; {ImageSignature.Accepted} are accepted.");
        var whole = format != SKEncodedImageFormat.Jpeg || NeedsWholeJpeg(file.Span);
        var pin = file.Pin();
        SKData? data = null;
        SKCodec? codec = null;
        try
        {
            data = Wrap(pin, file.Length);
            codec = SKCodec.Create(data);
            if (codec is null || codec.EncodedFormat != format || codec.Info.Width < 1 || codec.Info.Height < 1)
            {
                throw Corrupt("its header can't be read");
            }

            return new EncodedPicture(pin, data, codec, whole);
        }
        catch
        {
            codec?.Dispose();
            data?.Dispose();
            pin.Dispose();
            throw;
        }
    }

    /// <summary>Decodes the picture upright, made smaller where its longest side is above <paramref name="maxSide"/>.</summary>
    /// <exception cref="InvalidFaceImageException">The picture is damaged or cut off.</exception>
    public RgbImage Decode(int maxSide)
    {
        using var decoded = DecodePixels(maxSide);
        if (Math.Max(decoded.Width, decoded.Height) <= maxSide)
        {
            return RgbaPixels.ToUpright(decoded.GetPixelSpan(), decoded.Width, decoded.Height, _codec.EncodedOrigin);
        }

        var scale = maxSide / (double)Math.Max(decoded.Width, decoded.Height);
        using var smaller = Allocate(
            Math.Max(1, (int)Math.Round(decoded.Width * scale)), Math.Max(1, (int)Math.Round(decoded.Height * scale)), SKAlphaType.Opaque);
        using (var from = decoded.PeekPixels())
        using (var to = smaller.PeekPixels())
        {
            // Mipmaps average what plain interpolation would skip.
            if (!from.ScalePixels(to, new SKSamplingOptions(SKFilterMode.Linear, scale < 0.5 ? SKMipmapMode.Linear : SKMipmapMode.None)))
            {
                throw new InvalidOperationException($"Skia could not scale {decoded.Info.Size} to {smaller.Info.Size}.");
            }
        }

        return RgbaPixels.ToUpright(smaller.GetPixelSpan(), smaller.Width, smaller.Height, _codec.EncodedOrigin);
    }

    public void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
        _pin.Dispose();
    }

    private static unsafe SKData Wrap(MemoryHandle pin, int length) => SKData.Create((nint)pin.Pointer, length);

    private static bool NeedsWholeJpeg(ReadOnlySpan<byte> file)
    {
        var scans = JpegScans.Read(file);
        return scans.Count > JpegScans.Max ? throw Corrupt($"it has {scans.Count} scans") : scans.NeedWholePicture;
    }

    private static InvalidFaceImageException Corrupt(string why) =>
        new(InvalidImageReason.Corrupt, $"The image is damaged or cut off: {why}.");

    // A bitmap without a colour space keeps the values of the file.
    private static SKBitmap Allocate(int width, int height, SKAlphaType alpha)
    {
        var bitmap = new SKBitmap();
        if (bitmap.TryAllocPixels(new SKImageInfo(width, height, SKColorType.Rgba8888, alpha)))
        {
            return bitmap;
        }

        bitmap.Dispose();
        throw new InvalidFaceImageException(InvalidImageReason.TooManyPixels, $"There is not enough memory for {width}×{height} pixels.");
    }

    private SKBitmap DecodePixels(int maxSide)
    {
        var size = ScaledSize(maxSide);
        var opaque = _codec.Info.AlphaType == SKAlphaType.Opaque;
        var bitmap = Allocate(size.Width, size.Height, opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        try
        {
            // IncompleteInput would leave the rest of the picture gray: only Success will do.
            var result = _codec.GetPixels(bitmap.Info, bitmap.GetPixels());
            if (result != SKCodecResult.Success)
            {
                throw Corrupt(result == SKCodecResult.IncompleteInput ? "it ends too early" : $"it can't be decoded ({result})");
            }

            if (!opaque)
            {
                RgbaPixels.LayOnWhite(bitmap.GetPixelSpan());
            }

            return bitmap;
        }
        catch
        {
            bitmap.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The smallest size, of at least two thirds of <paramref name="maxSide"/>, that the decoder makes by itself: libjpeg-turbo's halves,
    /// quarters and eighths come out of a smaller inverse transform, which saves time and memory, and mostly the scaling after it.
    /// </summary>
    private SKSizeI ScaledSize(int maxSide)
    {
        var size = _codec.Info.Size;
        if (_codec.EncodedFormat != SKEncodedImageFormat.Jpeg)
        {
            return size;
        }

        for (var scale = 0.5f; scale >= 0.125f && Math.Max(size.Width, size.Height) > maxSide; scale /= 2)
        {
            var smaller = _codec.GetScaledDimensions(scale);
            if (Math.Max(smaller.Width, smaller.Height) * 3L < maxSide * 2L)
            {
                break;
            }

            size = smaller;
        }

        return size;
    }
}

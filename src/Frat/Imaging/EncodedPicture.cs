using System.Buffers;
using SkiaSharp;

namespace Frat;

/// <summary>A picture that the native decoder has opened. Holds the file's memory in place until it is disposed.</summary>
internal sealed class EncodedPicture : IDisposable
{
    private readonly MemoryHandle _pin;
    private readonly SKData _data;
    private readonly SKCodec _codec;

    private EncodedPicture(MemoryHandle pin, SKData data, SKCodec codec) => (_pin, _data, _codec) = (pin, data, codec);

    /// <summary>Opens a file; no memory for pixels is taken.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">What <see cref="ImageHeader.Read"/> made of it, within the limits.</param>
    /// <exception cref="InvalidFaceImageException">The decoder can't read the header, or reads another one.</exception>
    public static EncodedPicture Open(ReadOnlyMemory<byte> file, ImageHeader header)
    {
        var pin = file.Pin();
        SKData? data = null;
        SKCodec? codec = null;
        try
        {
            data = Wrap(pin, file.Length);
            codec = SKCodec.Create(data);
            // The limits were held against the header's size: no other may be decoded.
            return codec is not null && codec.EncodedFormat == header.Format && codec.Info.Width == header.Width && codec.Info.Height == header.Height
                ? new EncodedPicture(pin, data, codec)
                : throw ImageHeader.Corrupt("its header can't be read");
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
                throw ImageHeader.Corrupt(result == SKCodecResult.IncompleteInput ? "it ends too early" : $"it can't be decoded ({result})");
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

using System.Buffers;
using SkiaSharp;

namespace Frat;

/// <summary>A JPEG or WebP that the native decoder has opened. Holds the file's memory in place until it is disposed.</summary>
internal sealed class EncodedPicture : IDisposable
{
    private const int Rows = 16; // What libjpeg-turbo makes at a time, at most.

    private readonly MemoryHandle _pin;
    private readonly SKData _data;
    private readonly SKCodec _codec;

    // Not the codec's: it passes over orientations that are written in another way than the standard's.
    private readonly SKEncodedOrigin _origin;

    private EncodedPicture(MemoryHandle pin, SKData data, SKCodec codec, SKEncodedOrigin origin) =>
        (_pin, _data, _codec, _origin) = (pin, data, codec, origin);

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
            return codec is not null
                && codec.EncodedFormat == header.Format
                && codec.Info.Width == header.Width
                && codec.Info.Height == header.Height
                ? new EncodedPicture(pin, data, codec, header.Origin)
                : throw CorruptImage.Error("its header can't be read");
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
    public RgbImage Decode(int maxSide) => _codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? DecodeRows(maxSide) : DecodeWhole(maxSide);

    public void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
        _pin.Dispose();
    }

    private static unsafe SKData Wrap(MemoryHandle pin, int length) => SKData.Create((nint)pin.Pointer, length);

    private static InvalidFaceImageException Failure(SKCodecResult result) =>
        CorruptImage.Error(result == SKCodecResult.IncompleteInput ? "it ends too early" : $"it can't be decoded ({result})");

    // A few rows at a time: only the result is ever in memory as a whole.
    private unsafe RgbImage DecodeRows(int maxSide)
    {
        var size = ScaledSize(maxSide);
        using var image = new UprightRows(size.Width, size.Height, maxSide, _origin);
        var (rgbaBytes, rgbBytes) = (size.Width * RgbaPixels.Bytes, size.Width * RgbImage.BytesPerPixel);
        var buffer = ArrayPool<byte>.Shared.Rent((Rows * rgbaBytes) + rgbBytes);
        try
        {
            // Pixels without a colour space keep the values of the file.
            var started = _codec.StartScanlineDecode(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
            if (started != SKCodecResult.Success)
            {
                throw Failure(started);
            }

            var rgb = buffer.AsSpan(Rows * rgbaBytes, rgbBytes);
            for (var y = 0; y < size.Height; y += Rows)
            {
                var count = Math.Min(Rows, size.Height - y);
                fixed (byte* first = buffer)
                {
                    if (_codec.GetScanlines((nint)first, count, rgbaBytes) < count)
                    {
                        throw Failure(SKCodecResult.IncompleteInput);
                    }
                }

                for (var row = 0; row < count; row++)
                {
                    RgbaPixels.DropAlpha(buffer.AsSpan(row * rgbaBytes, rgbaBytes), rgb);
                    image.Add(rgb);
                }
            }

            return image.Take();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    // libwebp makes a picture smaller by itself, in any proportion, but gives it as a whole.
    private RgbImage DecodeWhole(int maxSide)
    {
        var (width, height) = (_codec.Info.Width, _codec.Info.Height);
        if (Math.Max(width, height) > maxSide)
        {
            (width, height) = UprightRows.Within(width, height, maxSide);
        }

        using var image = new UprightRows(width, height, maxSide, _origin);
        using var bitmap = new SKBitmap();
        var alpha = _codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
        if (!bitmap.TryAllocPixels(new SKImageInfo(width, height, SKColorType.Rgba8888, alpha)))
        {
            throw new InvalidFaceImageException(
                InvalidImageReason.TooManyPixels, $"There is not enough memory for {width}×{height} pixels.");
        }

        // IncompleteInput would leave the rest of the picture gray: only Success will do.
        var result = _codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            throw Failure(result);
        }

        var pixels = bitmap.GetPixelSpan();
        var rgb = ArrayPool<byte>.Shared.Rent(width * RgbImage.BytesPerPixel);
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * width * RgbaPixels.Bytes, width * RgbaPixels.Bytes);
            if (alpha != SKAlphaType.Opaque)
            {
                RgbaPixels.LayOnWhite(row);
            }

            RgbaPixels.DropAlpha(row, rgb.AsSpan(0, width * RgbImage.BytesPerPixel));
            image.Add(rgb.AsSpan(0, width * RgbImage.BytesPerPixel));
        }

        pixels.Clear(); // Native memory of a person's picture.
        ArrayPool<byte>.Shared.Return(rgb, clearArray: true);
        return image.Take();
    }

    private SKSizeI ScaledSize(int maxSide)
    {
        var size = _codec.Info.Size;
        var part = ImageCost.JpegPart(size.Width, size.Height, maxSide);
        return part == 1 ? size : _codec.GetScaledDimensions(1f / part);
    }
}

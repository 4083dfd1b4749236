using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Frat;

/// <summary>Decodes JPEG and WebP with Skia, which has libjpeg-turbo and libwebp in it, and PNG itself.</summary>
/// <remarks>
/// Pixels keep the values that the file holds: profiles are ignored, as dlib and the applications around it do, so that a
/// face has the same encoding here and there. A failure to read the stream is passed on as it is.
/// </remarks>
internal sealed class SkiaImageDecoder : IImageDecoder, IDisposable
{
    // Above this, pictures that are decoded as a whole do so one at a time.
    private const long LargeBytes = 16_000_000;

    // What the other formats can say at most. A row has 8 bytes a pixel, and two of them are in memory; longer ones don't fit into a
    // processor's caches.
    private const int MaxPngSide = ushort.MaxValue;

    private static readonly byte[] EndOfImage = [0xFF, 0xD9];

    // Anything but the zeros that a decoder takes for codes that are missing.
    private static readonly byte[] OtherData = [.. Enumerable.Range(1, 96).Select(i => (byte)(i * 91 % byte.MaxValue))];

    private readonly ImageDecoderOptions _options;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _largeSlot = new(1);

    public SkiaImageDecoder(IOptions<ImageDecoderOptions> options)
    {
        _options = options.Value;
        _slots = new SemaphoreSlim(_options.MaxConcurrency);
    }

    /// <inheritdoc/>
    public async ValueTask<RgbImage> DecodeAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (file.IsEmpty)
        {
            throw new InvalidFaceImageException(InvalidImageReason.Empty, "The image file is empty.");
        }

        if (file.Length > _options.MaxBytes)
        {
            throw FaceImage.TooManyBytes(_options.MaxBytes);
        }

        // Headers only: this is cheap, and a file over a limit never waits for its turn, nor gets to native code.
        var header = ImageHeader.Read(file.Span, _options.MaxSide);
        Check(header, file.Length);
        using var picture = header.Format == SKEncodedImageFormat.Png ? null : EncodedPicture.Open(file, header);
        var large = header.Cost.WholeBytes > LargeBytes;
        if (large)
        {
            await _largeSlot.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => Decode(file, header, picture), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            if (large)
            {
                _largeSlot.Release();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<RgbImage> DecodeAsync(Stream file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var known = file.CanSeek ? file.Length - file.Position : 0;
        if (known > _options.MaxBytes)
        {
            throw FaceImage.TooManyBytes(_options.MaxBytes);
        }

        // One byte more than is there, so that the read that finds the end needs no larger buffer.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(known + 1, 64 * 1024));
        try
        {
            var length = 0;
            int read;
            while ((read = await file.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
            {
                length += read;
                if (length > _options.MaxBytes)
                {
                    throw FaceImage.TooManyBytes(_options.MaxBytes);
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }

            return await DecodeAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _largeSlot.Dispose();
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }

    private RgbImage Decode(ReadOnlyMemory<byte> file, ImageHeader header, EncodedPicture? picture) => picture is null
        ? PngPicture.Decode(file, _options.MaxSide)
        : header.Scans is { HasEnd: false } scans ? DecodeWithoutEnd(file.Span, header, scans) : picture.Decode(_options.MaxSide);

    // A JPEG whose end mark is missing is whole all the same if nothing that could follow changes a pixel.
    private RgbImage DecodeWithoutEnd(ReadOnlySpan<byte> file, ImageHeader header, JpegScans scans)
    {
        if (header.Cost.WholeBytes > 0 && !scans.AreAllThere)
        {
            throw CorruptImage.Error("it ends too early");
        }

        var image = DecodeWithEnd(file, [], header);
        try
        {
            using var other = DecodeWithEnd(file, OtherData, header);
            return image.Pixels.SequenceEqual(other.Pixels) ? image : throw CorruptImage.Error("it ends too early");
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private RgbImage DecodeWithEnd(ReadOnlySpan<byte> file, ReadOnlySpan<byte> before, ImageHeader header)
    {
        // Half of a marker, if that is what the file ends with, would become another one. Codes never end so.
        file = file.TrimEnd((byte)0xFF);
        var length = file.Length + before.Length + EndOfImage.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            file.CopyTo(buffer);
            before.CopyTo(buffer.AsSpan(file.Length));
            EndOfImage.CopyTo(buffer.AsSpan(file.Length + before.Length));
            using var picture = EncodedPicture.Open(buffer.AsMemory(0, length), header);
            return picture.Decode(_options.MaxSide);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private void Check(ImageHeader picture, int fileBytes)
    {
        if (picture.Pixels > _options.MaxPixels)
        {
            throw new InvalidFaceImageException(
                InvalidImageReason.TooManyPixels, $"{Size(picture)}; at most {_options.MaxPixels} are accepted.");
        }

        if (picture.Format == SKEncodedImageFormat.Png && Math.Max(picture.Width, picture.Height) > MaxPngSide)
        {
            throw new InvalidFaceImageException(
                InvalidImageReason.TooManyPixels, $"{Size(picture)}; a PNG may have at most {MaxPngSide} in a row or column.");
        }

        if (picture.Scans is { Count: > JpegScans.Max })
        {
            throw new InvalidFaceImageException(
                InvalidImageReason.TooCostly,
                $"The image has more than the {JpegScans.Max} scans that are accepted. Save it as a plain JPEG.");
        }

        if (picture.Cost.WholeBytes > _options.MaxWholeBytes)
        {
            throw new InvalidFaceImageException(
                InvalidImageReason.TooManyPixels,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Size(picture)}, and so decoding it takes {picture.Cost.WholeBytes >> 20} MiB; {_options.MaxWholeBytes >> 20} are "
                        + $"allowed for an interlaced PNG, a WebP or a progressive JPEG."));
        }

        if (picture.Cost.Time > ImageCost.Allowed(TimeSpan.FromMilliseconds(_options.MaxCostMilliseconds), fileBytes))
        {
            throw new InvalidFaceImageException(
                InvalidImageReason.TooCostly,
                $"{Size(picture)} in a file of {fileBytes} bytes, which would take too long to decode. Make it smaller, or save it as a "
                    + "plain JPEG.");
        }
    }

    private static string Size(ImageHeader picture) =>
        string.Create(CultureInfo.InvariantCulture, $"The image has {picture.Width}×{picture.Height} pixels");
}

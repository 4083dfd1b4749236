using System.Buffers;
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
    private const long LargePixels = 4_000_000;

    // A row has 8 bytes a pixel at most, and two of them are in memory. It is libpng's limit as well.
    private const int MaxPngSide = 1_000_000;

    private readonly ImageDecoderOptions _options;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _largeSlot = new(1);

    public SkiaImageDecoder(IOptions<ImageDecoderOptions> options)
    {
        _options = options.Value;
        _slots = new SemaphoreSlim(_options.MaxConcurrency);
        NativeHeap.GiveLargeBlocksBack();
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
            throw TooManyBytes();
        }

        // Headers only: this is cheap, and a file over a limit never waits for its turn, nor gets to native code.
        var header = ImageHeader.Read(file.Span);
        Check(header);
        using var picture = header.Format == SKEncodedImageFormat.Png ? null : EncodedPicture.Open(file, header);
        var large = header.NeedsWholePicture && header.Pixels > LargePixels;
        if (large)
        {
            await _largeSlot.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => picture?.Decode(_options.MaxSide) ?? PngPicture.Decode(file, _options.MaxSide), cancellationToken).ConfigureAwait(false);
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
            throw TooManyBytes();
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
                    throw TooManyBytes();
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

    private void Check(ImageHeader picture)
    {
        if (picture.Pixels > _options.MaxPixels)
        {
            throw TooManyPixels(picture, _options.MaxPixels, "");
        }

        if (picture.Format == SKEncodedImageFormat.Png && Math.Max(picture.Width, picture.Height) > MaxPngSide)
        {
            throw new InvalidFaceImageException(
                InvalidImageReason.TooManyPixels, $"The image has {picture.Width}×{picture.Height} pixels; a PNG may have at most {MaxPngSide} in a row or column.");
        }

        if (picture.NeedsWholePicture && picture.Pixels > _options.MaxWholePixels)
        {
            throw TooManyPixels(picture, _options.MaxWholePixels, " in an interlaced PNG, a WebP or a progressive JPEG");
        }
    }

    private static InvalidFaceImageException TooManyPixels(ImageHeader picture, long limit, string where) => new(
        InvalidImageReason.TooManyPixels,
        $"The image has {picture.Width}×{picture.Height} pixels; at most {limit} are accepted{where}.");

    private InvalidFaceImageException TooManyBytes() => new(
        InvalidImageReason.TooManyBytes, $"The image file has more than the {_options.MaxBytes} bytes that are accepted.");
}

using System.Buffers;

namespace Frat;

/// <summary>
/// An image of interleaved 8-bit RGB pixels, row by row from the top, without padding between rows.
/// </summary>
/// <remarks>
/// The image owns a pooled buffer: anyone who creates it or receives it as a result disposes it. A method that takes an image as
/// an argument borrows it, and never disposes it. Reading from several threads is safe; writing or disposing while another
/// thread reads is not.
/// </remarks>
public sealed class RgbImage : IDisposable
{
    /// <summary>Bytes of one pixel: red, green, blue.</summary>
    public const int BytesPerPixel = 3;

    // The shared pool keeps arrays for each thread that gave one back: with large ones that adds up to more than images take.
    private const int Large = 1 << 20;
    private static readonly ArrayPool<byte> LargePool = ArrayPool<byte>.Create(1 << 30, Environment.ProcessorCount);

    private byte[]? _buffer;

    /// <summary>Creates an image whose pixels have no defined value yet.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the pixels need more than an array can hold.</exception>
    public RgbImage(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if ((long)width * height > Array.MaxLength / BytesPerPixel)
        {
            throw new ArgumentOutOfRangeException(nameof(height), height, $"{width}×{height} pixels do not fit into one array.");
        }

        Width = width;
        Height = height;
        _buffer = Pool.Rent(width * height * BytesPerPixel);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Bytes of one row: <see cref="Width"/> × 3.</summary>
    public int Stride => Width * BytesPerPixel;

    /// <summary>All pixels, <see cref="Height"/> × <see cref="Stride"/> bytes.</summary>
    /// <exception cref="ObjectDisposedException">The image has been disposed.</exception>
    public Span<byte> Pixels => Buffer.AsSpan(0, Stride * Height);

    /// <summary>The pixels as memory, for code that crosses an <c>await</c>.</summary>
    /// <exception cref="ObjectDisposedException">The image has been disposed.</exception>
    public Memory<byte> Memory => Buffer.AsMemory(0, Stride * Height);

    private ArrayPool<byte> Pool => Width * Height * BytesPerPixel < Large ? ArrayPool<byte>.Shared : LargePool;

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(RgbImage));

    /// <summary>Creates an image from a copy of <paramref name="pixels"/>.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="pixels">Interleaved RGB, exactly <paramref name="width"/> × <paramref name="height"/> × 3 bytes.</param>
    /// <returns>The image; the caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or too large.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length.</exception>
    public static RgbImage FromPixels(int width, int height, ReadOnlySpan<byte> pixels)
    {
        var image = new RgbImage(width, height);
        if (pixels.Length != image.Stride * height)
        {
            image.Dispose();
            throw new ArgumentException(
                $"{width}×{height} RGB pixels are {image.Stride * height} bytes, not {pixels.Length}.", nameof(pixels));
        }

        pixels.CopyTo(image.Pixels);
        return image;
    }

    /// <summary>Creates an image from grey pixels: red, green and blue are the same.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="pixels">A byte for each pixel, exactly <paramref name="width"/> × <paramref name="height"/>.</param>
    /// <returns>The image; the caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or too large.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length.</exception>
    public static RgbImage FromGrayPixels(int width, int height, ReadOnlySpan<byte> pixels)
    {
        var image = new RgbImage(width, height);
        if (pixels.Length != width * height)
        {
            image.Dispose();
            throw new ArgumentException($"{width}×{height} grey pixels are {width * height} bytes, not {pixels.Length}.", nameof(pixels));
        }

        var target = image.Pixels;
        for (var i = 0; i < pixels.Length; i++)
        {
            target.Slice(i * BytesPerPixel, BytesPerPixel).Fill(pixels[i]);
        }

        return image;
    }

    /// <summary>One row of pixels.</summary>
    /// <param name="y">The row, from 0 at the top.</param>
    /// <returns><see cref="Stride"/> bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="y"/> is outside the image.</exception>
    /// <exception cref="ObjectDisposedException">The image has been disposed.</exception>
    public Span<byte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return Buffer.AsSpan(y * Stride, Stride);
    }

    /// <summary>Gives the buffer back to the pool. The pixels of a person don't outlive the image: the buffer is cleared first.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            Pool.Return(buffer, clearArray: true);
        }
    }
}

namespace Frat.Dlib;

/// <summary>
/// An image with a plane for each of red, green and blue, as the SIMD loops want it. Each row is followed by
/// <see cref="Padding"/> bytes that may be read and have no meaning.
/// </summary>
/// <remarks>
/// Large ones lie outside of the managed heap, in pages of which few are kept: the pools for arrays would keep them once for each thread.
/// </remarks>
internal sealed unsafe class PlanarImage : IDisposable
{
    /// <summary>The planes: red, green, blue.</summary>
    public const int Planes = 3;

    /// <summary>Bytes after each row, so that a vector may reach over its end.</summary>
    public const int Padding = 32;

    private const int Large = 4 << 20;

    private readonly PooledArray<byte>? _pooled;
    private readonly int _length;
    private readonly nuint _bytes;
    private byte* _pages;
    private bool _disposed;

    /// <summary>Creates an image whose pixels have no defined value yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The planes need more bytes than an array can hold.</exception>
    public PlanarImage(int width, int height)
    {
        Width = width;
        Height = height;
        Stride = width + Padding;
        var length = (long)Stride * height * Planes;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength);
        _length = (int)length;
        if (_length < Large)
        {
            _pooled = new PooledArray<byte>(_length, clear: true);
        }
        else
        {
            _bytes = (nuint)_length;
            _pages = (byte*)PagePool.Shared.Take(ref _bytes);
        }
    }

    ~PlanarImage() => Free();

    public int Width { get; }

    public int Height { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Takes an image apart.</summary>
    public static PlanarImage From(RgbImage image)
    {
        var planar = new PlanarImage(image.Width, image.Height);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            var red = planar.Row(0, y);
            var green = planar.Row(1, y);
            var blue = planar.Row(2, y);
            for (var x = 0; x < image.Width; x++)
            {
                var pixel = row.Slice(x * RgbImage.BytesPerPixel, RgbImage.BytesPerPixel);
                red[x] = pixel[0];
                green[x] = pixel[1];
                blue[x] = pixel[2];
            }
        }

        return planar;
    }

    /// <summary>A row of a plane, with its padding.</summary>
    public Span<byte> Row(int plane, int y)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var start = ((plane * Height) + y) * Stride;
        return _pooled is { } pooled ? pooled.Array.AsSpan(start, Stride) : new Span<byte>(_pages, _length).Slice(start, Stride);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // An array that went back to the pool twice would serve two at once.
        if (!_disposed)
        {
            _disposed = true;
            _pooled?.Dispose();
            Free();
            GC.SuppressFinalize(this);
        }
    }

    private void Free()
    {
        if (_pages is not null)
        {
            PagePool.Shared.GiveBack(_pages, _bytes);
            _pages = null;
        }
    }
}

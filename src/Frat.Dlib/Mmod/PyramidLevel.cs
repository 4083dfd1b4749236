namespace Frat.Dlib;

/// <summary>
/// A smaller level of the pyramid. dlib keeps levels in single precision; 16 bits, 8 of them behind the point, take half of the memory and
/// move a score by less than 1e-3.
/// </summary>
internal sealed class PyramidLevel : IDisposable
{
    /// <summary>What a pixel's value is multiplied by.</summary>
    public const float Unit = 256;

    private readonly PooledArray<ushort> _values;
    private bool _disposed;

    /// <summary>Creates a level whose values are not defined yet.</summary>
    public PyramidLevel(int width, int height)
    {
        Width = width;
        Height = height;
        _values = new PooledArray<ushort>((long)width * height * PlanarImage.Planes, clear: true);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>A row of a plane.</summary>
    public Span<ushort> Row(int plane, int y) => _values.Array.AsSpan(((plane * Height) + y) * Width, Width);

    /// <inheritdoc/>
    public void Dispose()
    {
        // An array that went back to the pool twice would serve two at once.
        if (!_disposed)
        {
            _disposed = true;
            _values.Dispose();
        }
    }
}

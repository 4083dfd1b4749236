namespace Frat.Dlib;

/// <summary>
/// A smaller level of the pyramid. dlib keeps levels in single precision; 16 bits, 8 of them behind the point, take half of the memory and
/// move a score by less than 1e-3. They lie outside of the managed heap, and go when the level does: pools would keep them, once for each thread.
/// </summary>
internal sealed unsafe class PyramidLevel : IDisposable
{
    /// <summary>What a pixel's value is multiplied by.</summary>
    public const float Unit = 256;

    private ushort* _values;

    /// <summary>Creates a level whose values are not defined yet.</summary>
    public PyramidLevel(int width, int height)
    {
        Width = width;
        Height = height;
        _values = (ushort*)NativeHeap.TakePages(Bytes);
    }

    ~PyramidLevel() => Free();

    public int Width { get; }

    public int Height { get; }

    private nuint Bytes => checked((nuint)Width * (nuint)Height * PlanarImage.Planes * sizeof(ushort));

    /// <summary>A row of a plane.</summary>
    public Span<ushort> Row(int plane, int y)
    {
        ObjectDisposedException.ThrowIf(_values is null, this);
        return new Span<ushort>(_values + ((((nint)plane * Height) + y) * Width), Width);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_values is not null)
        {
            NativeHeap.GiveBack(_values, Bytes);
            _values = null;
        }
    }
}

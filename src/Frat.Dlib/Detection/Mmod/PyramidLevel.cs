using System.Diagnostics;

namespace Frat.Dlib;

/// <summary>
/// A smaller level of the pyramid. dlib keeps levels in single precision; 16 bits, 8 of them behind the point, take half of the memory and
/// move a score by less than 1e-3. They lie outside of the managed heap, and go when the level does: pools would keep them, once for each
/// thread.
/// </summary>
internal sealed unsafe class PyramidLevel : IDisposable
{
    /// <summary>What a pixel's value is multiplied by.</summary>
    public const float Unit = 256;

    private readonly int _planes;
    private readonly int _stride;
    private readonly int _rows;
    private ushort* _values;

    /// <summary>Creates a level whose values are not defined yet.</summary>
    public PyramidLevel(int width, int height, int planes = PlanarImage.Planes)
    {
        (_planes, _stride, _rows) = (planes, width, height);
        (Width, Height) = (width, height);
        _values = (ushort*)NativeHeap.TakePages(Bytes);
    }

    ~PyramidLevel() => Free();

    public int Width { get; private set; }

    public int Height { get; private set; }

    private nuint Bytes => checked((nuint)_stride * (nuint)_rows * (nuint)_planes * sizeof(ushort));

    /// <summary>A row of a plane.</summary>
    public Span<ushort> Row(int plane, int y)
    {
        ObjectDisposedException.ThrowIf(_values is null, this);
        return new Span<ushort>(_values + ((((nint)plane * _rows) + y) * _stride), Width);
    }

    /// <summary>A row as it is read: <see cref="PyramidResizer"/> keeps what it needs of it.</summary>
    public void Read(int plane, int y, Span<float> values) => RowConversion.ToSingle(Row(plane, y)[..values.Length], values);

    /// <summary>
    /// Becomes the next smaller level, in its own place: a row is made of two that aren't above it, and of which no later one needs the one
    /// that it replaces.
    /// </summary>
    public void Shrink(int width, int height)
    {
        Debug.Assert(width < Width && height < Height, "A level is smaller than the one before it.");
        var (sourceWidth, sourceHeight) = (Width, Height);
        (Width, Height) = (width, height);
        for (var plane = 0; plane < _planes; plane++)
        {
            var source = plane;
            PyramidResizer.Fill(
                (y, values) =>
                    RowConversion.ToSingle(new Span<ushort>(_values + ((((nint)source * _rows) + y) * _stride), values.Length), values),
                sourceWidth,
                sourceHeight,
                this,
                plane);
        }
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

using System.Numerics.Tensors;

namespace Frat.Dlib;

/// <summary>
/// An image and its smaller levels, laid out as dlib tiles them, of which row after row can be copied out: the large image itself is never
/// in memory, and a level only while its rows are copied. Not thread-safe.
/// </summary>
/// <remarks>
/// The levels below each other at the left are one after the other in the same memory. Those at their right are made of the one beside
/// which they begin, over the levels between, which take a plane for a moment. So the most that is in memory is about the first smaller
/// level, 4.2 bytes for each pixel.
/// </remarks>
internal sealed class TiledPyramid : IDisposable
{
    private readonly RgbImage _image;
    private readonly PyramidLevel?[] _levels;
    private PlanarImage? _doubled;

    // The level at the left whose rows are copied, or come next.
    private int _current;

    /// <param name="image">The image; borrowed until the pyramid is disposed.</param>
    /// <param name="upsample">How many times it is doubled for the first level.</param>
    /// <param name="layout">The layout for an image of the doubled size, with at least one level.</param>
    public TiledPyramid(RgbImage image, int upsample, TiledPyramidLayout layout)
    {
        (_image, Layout) = (image, layout);
        _levels = new PyramidLevel?[layout.Levels.Count];
        _doubled = upsample > 0 ? ImageDoubling.Double(image, upsample) : null;
    }

    public TiledPyramidLayout Layout { get; }

    /// <summary>Copies a row of the large image out, as the network wants it: (value − mean) / 256, and 0 between the levels.</summary>
    /// <param name="y">The row; none above the one before.</param>
    /// <param name="average">The mean colour.</param>
    /// <param name="pixels">Red, green and blue of each pixel, to be filled.</param>
    /// <param name="cancellationToken">Cancels the call between levels.</param>
    public void CopyRow(int y, (float Red, float Green, float Blue) average, Span<float> pixels, CancellationToken cancellationToken)
    {
        while (_current + 1 < Layout.Left && y > Layout.Levels[_current].Bottom)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Descend();
        }

        pixels.Clear();
        ReadOnlySpan<float> averages = [average.Red, average.Green, average.Blue];
        using var values = new PooledArray<float>(Layout.Width, clear: true);
        for (var i = _current; i < Layout.Levels.Count; i = i == _current ? Math.Max(i + 1, Layout.Left) : i + 1)
        {
            var place = Layout.Levels[i];
            if (y < place.Top || y > place.Bottom)
            {
                continue;
            }

            var row = values.Array.AsSpan(0, place.Width);
            for (var plane = 0; plane < averages.Length; plane++)
            {
                Read(i, plane, y - place.Top, row);
                Normalize(row, averages[plane]);
                var target = pixels[((place.Left * averages.Length) + plane)..];
                for (var x = 0; x < row.Length; x++)
                {
                    target[x * PlanarImage.Planes] = row[x];
                }
            }

            if (i >= Layout.Left && y == place.Bottom)
            {
                _levels[i]!.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _doubled?.Dispose();
        foreach (var level in _levels)
        {
            level?.Dispose();
        }
    }

    // Goes on to the next level at the left, and makes those that begin beside it.
    private void Descend()
    {
        var (source, place) = (Layout.Levels[_current], Layout.Levels[_current + 1]);
        if (_levels[_current] is { } level)
        {
            level.Shrink(place.Width, place.Height);
            (_levels[_current], _levels[_current + 1]) = (null, level);
        }
        else
        {
            var first = _levels[1] = new PyramidLevel(place.Width, place.Height);
            for (var plane = 0; plane < PlanarImage.Planes; plane++)
            {
                var number = plane;
                PyramidResizer.Fill((y, values) => ReadImage(number, y, values), source.Width, source.Height, first, plane);
            }

            _doubled?.Dispose();
            _doubled = null;
        }

        _current++;
        MakeRight();
    }

    private void MakeRight()
    {
        // They stand upwards: those that begin first are the last ones.
        var isLast = _current + 1 == Layout.Left;
        var end = Layout.Levels.Count;
        while (end > Layout.Left && _levels[end - 1] is not null)
        {
            end--;
        }

        var begin = end;
        while (begin > Layout.Left && (isLast || Layout.Levels[begin - 1].Top <= Layout.Levels[_current].Bottom))
        {
            begin--;
        }

        if (begin == end)
        {
            return;
        }

        for (var i = begin; i < end; i++)
        {
            _levels[i] = new PyramidLevel(Layout.Levels[i].Width, Layout.Levels[i].Height);
        }

        var current = _levels[_current]!;
        for (var plane = 0; plane < PlanarImage.Planes; plane++)
        {
            var number = plane;
            var place = Layout.Levels[_current + 1];
            using var between = new PyramidLevel(place.Width, place.Height, planes: 1);
            PyramidResizer.Fill((y, values) => current.Read(number, y, values), current.Width, current.Height, between, plane: 0);
            for (var i = _current + 1; ; i++)
            {
                if (i >= begin)
                {
                    for (var y = 0; y < between.Height; y++)
                    {
                        between.Row(0, y).CopyTo(_levels[i]!.Row(plane, y));
                    }
                }

                if (i + 1 == end)
                {
                    break;
                }

                between.Shrink(Layout.Levels[i + 1].Width, Layout.Levels[i + 1].Height);
            }
        }
    }

    private void Read(int level, int plane, int y, Span<float> values)
    {
        if (level == 0)
        {
            ReadImage(plane, y, values);
        }
        else
        {
            _levels[level]!.Read(plane, y, values);
        }
    }

    private void ReadImage(int plane, int y, Span<float> values)
    {
        if (_doubled is not null)
        {
            RowConversion.ToSingle(_doubled.Row(plane, y)[..values.Length], values);
            TensorPrimitives.Multiply(values, PyramidLevel.Unit, values);
            return;
        }

        var row = _image.Row(y)[plane..];
        for (var x = 0; x < values.Length; x++)
        {
            values[x] = row[x * RgbImage.BytesPerPixel] * PyramidLevel.Unit;
        }
    }

    // dlib divides what is left of a pixel's value by 256, as for the encoder (dlib/dnn/input.h).
    private static void Normalize(Span<float> row, float average)
    {
        TensorPrimitives.Subtract(row, average * PyramidLevel.Unit, row);
        TensorPrimitives.Multiply(row, 1 / (PyramidLevel.Unit * 256), row);
    }
}

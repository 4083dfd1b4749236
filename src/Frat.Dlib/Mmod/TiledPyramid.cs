using System.Numerics.Tensors;

namespace Frat.Dlib;

/// <summary>
/// An image and its smaller levels, laid out as dlib tiles them, of which any part can be copied out: the large image itself is never in
/// memory. Not thread-safe.
/// </summary>
internal sealed class TiledPyramid : IDisposable
{
    private readonly PlanarImage _image;
    private readonly PyramidLevel[] _levels;

    private TiledPyramid(PlanarImage image, TiledPyramidLayout layout)
    {
        _image = image;
        Layout = layout;
        _levels = new PyramidLevel[layout.Levels.Count - 1];
    }

    public TiledPyramidLayout Layout { get; }

    /// <summary>Makes the levels.</summary>
    /// <param name="image">The first level; the result disposes it.</param>
    /// <param name="layout">The layout for an image of that size, with at least one level.</param>
    /// <param name="cancellationToken">Gives up between levels.</param>
    public static TiledPyramid Create(PlanarImage image, TiledPyramidLayout layout, CancellationToken cancellationToken)
    {
        var pyramid = new TiledPyramid(image, layout);
        try
        {
            for (var i = 0; i < pyramid._levels.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (source, place) = (layout.Levels[i], layout.Levels[i + 1]);
                pyramid._levels[i] = new PyramidLevel(place.Width, place.Height);
                var number = i;
                PyramidResizer.Fill((plane, y, x, values) => pyramid.Read(number, plane, y, x, values), source.Width, source.Height, pyramid._levels[i]);
            }

            return pyramid;
        }
        catch
        {
            pyramid.Dispose();
            throw;
        }
    }

    /// <summary>Copies a part of the large image out, as the network wants it: (value − mean) / 256, and 0 between the levels.</summary>
    /// <param name="left">The first column.</param>
    /// <param name="top">The first row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="average">The mean colour.</param>
    /// <param name="planes">Three planes of <paramref name="width"/> × <paramref name="height"/> values, to be filled.</param>
    public void Copy(int left, int top, int width, int height, (float Red, float Green, float Blue) average, Span<float> planes)
    {
        planes.Clear();
        ReadOnlySpan<float> averages = [average.Red, average.Green, average.Blue];
        for (var i = 0; i < Layout.Levels.Count; i++)
        {
            var place = Layout.Levels[i];
            var (first, last) = (Math.Max(place.Left, left), Math.Min(place.Right, left + width - 1));
            if (first > last)
            {
                continue;
            }

            for (var plane = 0; plane < averages.Length; plane++)
            {
                for (var y = Math.Max(place.Top, top); y <= Math.Min(place.Bottom, top + height - 1); y++)
                {
                    var row = planes.Slice((((plane * height) + y - top) * width) + first - left, last - first + 1);
                    Read(i, plane, y - place.Top, first - place.Left, row);
                    Normalize(row, averages[plane]);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _image.Dispose();
        foreach (var level in _levels)
        {
            level?.Dispose();
        }
    }

    private void Read(int level, int plane, int y, int x, Span<float> values)
    {
        if (level == 0)
        {
            RowConversion.ToSingle(_image.Row(plane, y).Slice(x, values.Length), values);
            TensorPrimitives.Multiply(values, PyramidLevel.Unit, values);
        }
        else
        {
            RowConversion.ToSingle(_levels[level - 1].Row(plane, y).Slice(x, values.Length), values);
        }
    }

    // dlib divides what is left of a pixel's value by 256, as for the encoder (dlib/dnn/input.h).
    private static void Normalize(Span<float> row, float average)
    {
        TensorPrimitives.Subtract(row, average * PyramidLevel.Unit, row);
        TensorPrimitives.Multiply(row, 1 / (PyramidLevel.Unit * 256), row);
    }
}

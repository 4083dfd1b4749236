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

    /// <summary>Copies a row of the large image out, as the network wants it: (value − mean) / 256, and 0 between the levels.</summary>
    /// <param name="y">The row.</param>
    /// <param name="average">The mean colour.</param>
    /// <param name="pixels">Red, green and blue of each pixel, to be filled.</param>
    public void CopyRow(int y, (float Red, float Green, float Blue) average, Span<float> pixels)
    {
        pixels.Clear();
        ReadOnlySpan<float> averages = [average.Red, average.Green, average.Blue];
        using var values = new PooledArray<float>(Layout.Width, clear: true);
        for (var i = 0; i < Layout.Levels.Count; i++)
        {
            var place = Layout.Levels[i];
            if (y < place.Top || y > place.Bottom)
            {
                continue;
            }

            var row = values.Array.AsSpan(0, place.Width);
            for (var plane = 0; plane < averages.Length; plane++)
            {
                Read(i, plane, y - place.Top, 0, row);
                Normalize(row, averages[plane]);
                var target = pixels[((place.Left * averages.Length) + plane)..];
                for (var x = 0; x < row.Length; x++)
                {
                    target[x * PlanarImage.Planes] = row[x];
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

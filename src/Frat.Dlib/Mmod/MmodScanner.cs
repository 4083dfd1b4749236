using System.Numerics.Tensors;

namespace Frat.Dlib;

/// <summary>A place where the network's score is above 0, in features of the tiled pyramid.</summary>
internal readonly record struct MmodHit(int Column, int Row, float Score);

/// <summary>
/// Runs the network over a tiled pyramid, in strips of rows. A strip takes <see cref="MmodNetworkLayers.HeadReach"/> more rows along on both
/// sides, whose own scores are dropped; at the true borders the network sees the zeros that dlib pads with. So scores are those of the whole
/// image at once, and memory grows with the width only: 10 kB for each 8 pixels of it, beside a bounded sum for the network.
/// </summary>
internal static class MmodScanner
{
    private const int Reach = MmodNetworkLayers.HeadReach;

    // The network needs about 600 bytes for each feature of a tile: 20 MB. Rows between two tiles are computed twice.
    private const int TileFeatures = 32 * 1024;
    private const int TileColumns = 512;

    /// <summary>Finds all places.</summary>
    public static void Scan(TiledPyramid pyramid, MmodNetwork network, List<MmodHit> hits, CancellationToken cancellationToken)
    {
        var columns = MmodNetworkLayers.FeaturesOf(pyramid.Layout.Width);
        var rows = MmodNetworkLayers.FeaturesOf(pyramid.Layout.Height);
        var tileColumns = Split(columns, TileColumns);
        var stripRows = Split(rows, TileFeatures / tileColumns);
        var windowRows = Math.Min(rows, stripRows + (2 * Reach));
        using var window = new FeatureWindow(pyramid, network, columns, windowRows);
        using var tile = new PooledArray<float>(
            (long)MmodNetworkLayers.Features * windowRows * Math.Min(columns, tileColumns + (2 * Reach)),
            clear: true);
        for (var row = 0; row < rows; row += stripRows)
        {
            var lastRow = Math.Min(row + stripRows, rows);
            var (top, bottom) = (Math.Max(row - Reach, 0), Math.Min(lastRow + Reach, rows));
            window.MoveTo(top, bottom, cancellationToken);
            for (var column = 0; column < columns; column += tileColumns)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var lastColumn = Math.Min(column + tileColumns, columns);
                var (left, right) = (Math.Max(column - Reach, 0), Math.Min(lastColumn + Reach, columns));
                var features = tile.Array.AsMemory(0, MmodNetworkLayers.Features * (bottom - top) * (right - left));
                window.Copy(top, bottom - top, left, right - left, features.Span);
                using var outputs = network.Head(features, bottom - top, right - left);
                Collect(outputs[0].GetTensorDataAsSpan<float>(), new FaceBox(left, top, right - 1, bottom - 1), new FaceBox(column, row, lastColumn - 1, lastRow - 1), hits);
            }
        }
    }

    /// <summary>The size of equal parts of at most <paramref name="most"/>, the last of which may be smaller.</summary>
    public static int Split(int length, int most)
    {
        var parts = (length + most - 1) / most;
        return (length + parts - 1) / parts;
    }

    // Adds the shifted planes up, and takes what is above 0.
    private static void Collect(ReadOnlySpan<float> planes, FaceBox tile, FaceBox wanted, List<MmodHit> hits)
    {
        using var sum = new PooledArray<float>(tile.Width);
        var scores = sum.Array.AsSpan(0, tile.Width);
        for (var row = wanted.Top; row <= wanted.Bottom; row++)
        {
            scores.Clear();
            for (var plane = 0; plane < MmodNetworkLayers.HeadColumns; plane++)
            {
                var part = planes.Slice(((plane * tile.Height) + row - tile.Top) * tile.Width, tile.Width);
                var shift = plane - (MmodNetworkLayers.HeadColumns / 2);
                if (Math.Abs(shift) < tile.Width)
                {
                    var target = scores[Math.Max(-shift, 0)..(tile.Width - Math.Max(shift, 0))];
                    TensorPrimitives.Add(target, part.Slice(Math.Max(shift, 0), target.Length), target);
                }
            }

            for (var column = wanted.Left; column <= wanted.Right; column++)
            {
                if (scores[column - tile.Left] > 0)
                {
                    hits.Add(new MmodHit(column, row, scores[column - tile.Left]));
                }
            }
        }
    }
}

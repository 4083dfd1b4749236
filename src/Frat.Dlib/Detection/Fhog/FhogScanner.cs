namespace Frat.Dlib;

/// <summary>Runs all detectors over one image of the pyramid, in bands of rows so that memory grows with the width only.</summary>
internal static class FhogScanner
{
    private const int Taps = FhogFilters.Taps;

    // The window may stand over the edge: so many rows and columns of zeros surround the features, as in dlib.
    private const int Before = (Taps - 1) / 2;

    // Enough that computing the rows between two bands twice costs little, few enough for the cache.
    private const int BandRows = 64;

    /// <summary>Finds all places where a detector's answer reaches its threshold.</summary>
    /// <returns>Their boxes, in pixels of the first level; the score is the margin over the threshold.</returns>
    public static List<DetectedBox> Scan(PlanarImage image, int level, FhogFilters filters, CancellationToken cancellationToken)
    {
        var hits = new List<DetectedBox>();
        if (FhogFeatures.ColumnsOf(image.Width) == 0 || FhogFeatures.ColumnsOf(image.Height) == 0)
        {
            return hits;
        }

        using var features = new FhogFeatures(image);
        using var band = new Band(features.Columns, Math.Min(features.Rows, BandRows), filters.Thresholds.Count);
        for (var start = 0; start < features.Rows; start += BandRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            band.Fill(features, start);
            band.Filter(filters);
            band.Collect(filters.Thresholds, start, Math.Min(features.Rows - start, BandRows), features.Columns, level, hits);
        }

        return hits;
    }

    private sealed class Band : IDisposable
    {
        private readonly int _rows;
        private readonly int _columns;
        private readonly int _inputStride;
        private readonly int _planeStride;
        private readonly PooledArray<float> _features;
        private readonly PooledArray<float> _scratch;
        private readonly PooledArray<float> _answers;
        private int _next;

        public Band(int columns, int rows, int detectors)
        {
            _rows = RoundUp(rows, FilterPasses.TileRows);
            _columns = RoundUp(columns, FilterPasses.TileColumns);
            _inputStride = _columns + FilterPasses.TileColumns;
            _planeStride = InputRows * _inputStride;
            _features = new PooledArray<float>((long)_planeStride * FhogFeatures.Planes);
            _scratch = new PooledArray<float>((long)InputRows * _columns * FhogFilters.GroupSize);
            _answers = new PooledArray<float>((long)_rows * _columns * detectors);
            _features.Array.AsSpan(0, _planeStride * FhogFeatures.Planes).Clear();
        }

        private int InputRows => _rows + Taps - 1;

        // The last rows of a band are the first of the next.
        public void Fill(FhogFeatures features, int start)
        {
            var row = Before;
            if (start > 0)
            {
                row = Taps - 1;
                for (var plane = 0; plane < FhogFeatures.Planes; plane++)
                {
                    var rows = _features.Array.AsSpan(plane * _planeStride, _planeStride);
                    rows[(_rows * _inputStride)..].CopyTo(rows);
                }
            }

            for (; row < InputRows; row++)
            {
                var offset = row * _inputStride;
                if (_next < features.Rows)
                {
                    features.Next(
                        _features.Array.AsSpan(offset + Before, _planeStride * FhogFeatures.Planes - offset - Before), _planeStride);
                    _next++;
                    continue;
                }

                for (var plane = 0; plane < FhogFeatures.Planes; plane++)
                {
                    _features.Array.AsSpan((plane * _planeStride) + offset, _inputStride).Clear();
                }
            }
        }

        public void Filter(FhogFilters filters)
        {
            var size = _rows * _columns;
            var filterSize = InputRows * _columns;
            _answers.Array.AsSpan(0, size * filters.Thresholds.Count).Clear();
            foreach (var group in filters.Groups)
            {
                var plane = _features.Array.AsSpan(group.Plane * _planeStride, _planeStride);
                FilterPasses.Rows(plane, _inputStride, InputRows, _columns, group, _scratch.Array);
                for (int first = 0, end; first < group.Detectors.Length; first = end)
                {
                    var detector = group.Detectors[first];
                    end = first + 1;
                    while (end < group.Detectors.Length && group.Detectors[end] == detector)
                    {
                        end++;
                    }

                    FilterPasses.Columns(
                        _scratch.Array.AsSpan(first * filterSize, (end - first) * filterSize), _rows, _columns,
                        group.Columns.AsSpan(first * Taps, (end - first) * Taps), _answers.Array.AsSpan(detector * size, size));
                }
            }
        }

        public void Collect(IReadOnlyList<double> thresholds, int start, int rows, int columns, int level, List<DetectedBox> hits)
        {
            for (var detector = 0; detector < thresholds.Count; detector++)
            {
                for (var y = 0; y < rows; y++)
                {
                    var answers = _answers.Array.AsSpan((((detector * _rows) + y) * _columns), columns);
                    for (var x = 0; x < answers.Length; x++)
                    {
                        if (answers[x] >= thresholds[detector])
                        {
                            var box = FhogPyramid.Up(x - Before, start + y - Before, level);
                            hits.Add(new DetectedBox(box, answers[x] - thresholds[detector]));
                        }
                    }
                }
            }
        }

        public void Dispose()
        {
            _features.Dispose();
            _scratch.Dispose();
            _answers.Dispose();
        }

        private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
    }
}

namespace Frat.Dlib;

/// <summary>
/// The last filter, which gives the score. A filter alone would compute a whole block of columns and use one of them. Taken apart by
/// columns, it is nine filters of one column each, whose results are added up, each shifted by its place. Immutable and thread-safe.
/// </summary>
internal sealed unsafe class MmodScores : IDisposable
{
    private const int Taps = MmodNetworkLayers.ScoreTaps;

    private readonly DotKernel _kernel;
    private readonly int _channels;
    private readonly NativeFloats _weights;
    private readonly NativeFloats _biases;

    /// <param name="layer">Its measures.</param>
    /// <param name="channels">Channels of the source: those of <paramref name="layer"/>, or more.</param>
    /// <param name="parameters">The weights of the one filter, and its bias.</param>
    /// <param name="kernel">The inner loop.</param>
    public MmodScores(NetworkLayer.Convolution layer, int channels, (float[] Weights, float[] Biases) parameters, DotKernel kernel)
    {
        _kernel = kernel;
        _channels = channels;
        _weights = new NativeFloats((long)Taps * channels * Columns);
        _biases = new NativeFloats(Columns);

        // The middle column reaches every place, so the bias goes with it.
        _biases.First[Taps / 2] = parameters.Biases[0];
        kernel.Pack(
            Taps * channels,
            Taps,
            kernel.VectorsFor(Taps),
            (row, column) =>
            {
                var (y, channel) = (row / channels, row % channels);
                return channel < layer.Channels ? parameters.Weights[(((channel * Taps) + y) * Taps) + column] : 0;
            },
            _weights.First);
    }

    /// <summary>Channels of the parts of a score.</summary>
    public int Columns => _kernel.RoundUp(Taps);

    /// <summary>Rows above and below that a row of scores depends on.</summary>
    public static int Reach => Taps / 2;

    /// <summary>Computes some rows of scores, and takes those above 0.</summary>
    /// <param name="source">The source, whose first row is <see cref="Reach"/> above the first one of scores.</param>
    /// <param name="parts">Takes what lies between.</param>
    /// <param name="firstRow">The number of the first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="hits">Gets the places.</param>
    /// <param name="workers">Who computes.</param>
    public void Run(FeatureMap source, FeatureMap parts, int firstRow, int rows, List<MmodHit> hits, Workers workers)
    {
        workers.Run(rows, (_, first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                Row(source, parts, y);
            }
        });
        using var sum = new PooledArray<float>(parts.Width);
        for (var y = 0; y < rows; y++)
        {
            var scores = sum.Array.AsSpan(0, parts.Width);
            Add(parts, y, scores);
            for (var x = 0; x < scores.Length; x++)
            {
                if (scores[x] > 0)
                {
                    hits.Add(new MmodHit(x, firstRow + y, scores[x]));
                }
            }
        }
    }

    public void Dispose()
    {
        _weights.Dispose();
        _biases.Dispose();
    }

    private void Row(FeatureMap source, FeatureMap parts, int y)
    {
        var vectors = _kernel.VectorsFor(Taps);
        var product = new DotProduct
        {
            Segments = Taps,
            SegmentStride = source.RowStride,
            Length = _channels,
            Weights = _weights.First,
            Biases = _biases.First,
            Floor = float.NegativeInfinity,
            Vectors = vectors,
            Blocks = Columns / (vectors * _kernel.Lanes),
        };
        var sources = stackalloc float*[DotKernel.MostRows];
        var targets = stackalloc float*[DotKernel.MostRows];
        for (var x = 0; x < parts.Width;)
        {
            var count = _kernel.GroupOf(parts.Width - x, vectors);
            for (var i = 0; i < count; i++)
            {
                sources[i] = source.Pixel(0, y - Reach, x + i);
                targets[i] = parts.Pixel(0, y, x + i);
            }

            _kernel.Run(product, sources, targets, count);
            x += count;
        }
    }

    private static void Add(FeatureMap parts, int y, Span<float> scores)
    {
        var row = parts.Row(0, y, 0, parts.Width);
        for (var x = 0; x < scores.Length; x++)
        {
            var sum = 0f;
            for (var tap = Math.Max(Reach - x, 0); tap < Math.Min(Taps, scores.Length + Reach - x); tap++)
            {
                sum += row[((x + tap - Reach) * parts.Channels) + tap];
            }

            scores[x] = sum;
        }
    }
}

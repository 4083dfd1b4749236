using System.Runtime.CompilerServices;

namespace Frat.Dlib;

/// <summary>
/// A convolution without stride by Winograd's minimal filters: a tile of the source and the filter are transformed, multiplied point by
/// point, and the products transformed back. For a filter of 3 and tiles of 4, that takes 36 multiplications instead of 144 for each pair
/// of channels.
/// </summary>
internal sealed unsafe class WinogradConvolution<TLanes, TTransform> : Convolution
    where TLanes : unmanaged, ILanes<TLanes>
    where TTransform : struct, IWinogradTransform
{
    // What lies between the transforms of one chunk of tiles shall stay in the second-level cache.
    private const int ScratchBytes = 512 * 1024;

    // Points a power of two apart would share few lines of the first-level cache: they are a line further from each other.
    private const int Gap = 16;

    private readonly NativeFloats _weights;
    private readonly NativeFloats _zeros;

    /// <param name="kernel">The inner loop, for the same vectors.</param>
    /// <param name="layer">Its measures.</param>
    /// <param name="channels">Channels of the source: those of <paramref name="layer"/>, or more.</param>
    /// <param name="weights">Filters × channels × rows × columns.</param>
    /// <param name="biases">One for each filter.</param>
    public WinogradConvolution(DotKernel kernel, NetworkLayer.Convolution layer, int channels, float[] weights, ReadOnlySpan<float> biases)
        : base(kernel, layer, channels, biases)
    {
        if (channels % TLanes.Count != 0)
        {
            throw new ArgumentException("The channels of the source don't fill whole vectors.", nameof(channels));
        }

        _zeros = new NativeFloats(Channels);
        _weights = new NativeFloats((long)Points * channels * Channels);
        PackFilters(weights);
    }

    private static int Points => TTransform.Side * TTransform.Side;

    private int PointStride => SourceChannels * Channels;

    /// <inheritdoc/>
    public override LayerCost CostOf(int images, int size)
    {
        long side = (size + TTransform.Outputs - 1) / TTransform.Outputs;
        return new LayerCost(images * side * side * _weights.Length, _weights.Length);
    }

    /// <inheritdoc/>
    public override void Run(FeatureMap source, FeatureMap target, int targetRow, int rows, bool adds, Workers workers)
    {
        var across = (source.Width + TTransform.Outputs - 1) / TTransform.Outputs;
        var along = (rows + TTransform.Outputs - 1) / TTransform.Outputs;
        var tiles = source.Images * along * across;
        var fitting = Math.Max(ScratchBytes / (Points * (SourceChannels + Channels) * sizeof(float)), 1);
        var chunks = Math.Max((tiles + fitting - 1) / fitting, Math.Min(workers.Count, tiles));
        var size = (tiles + chunks - 1) / chunks;
        workers.Run((tiles + size - 1) / size, (worker, first, end) =>
        {
            var (inputStride, productStride) = (((nint)size * SourceChannels) + Gap, ((nint)size * Channels) + Gap);
            var inputs = workers.Scratch(worker, Points * (inputStride + productStride));
            var products = inputs + (Points * inputStride);
            for (var tile = first * size; tile < Math.Min(end * size, tiles); tile += size)
            {
                var count = Math.Min(size, tiles - tile);
                for (var i = 0; i < count; i++)
                {
                    var (image, y, x) = Place(tile + i, along, across);
                    var pixel = source.Pixel(image, y - Layer.Padding, x - Layer.Padding);
                    TransformInput(pixel, source.RowStride, inputs + ((nint)i * SourceChannels), inputStride);
                }

                Multiply(inputs, products, count, inputStride, productStride);
                for (var i = 0; i < count; i++)
                {
                    var (image, y, x) = Place(tile + i, along, across);
                    var (height, width) = (Math.Min(TTransform.Outputs, rows - y), Math.Min(TTransform.Outputs, source.Width - x));
                    var pixel = target.Pixel(image, targetRow + y, x);
                    TransformOutput(products + ((nint)i * Channels), productStride, pixel, target.RowStride, height, width, adds);
                }
            }
        });
    }

    public override void Dispose()
    {
        base.Dispose();
        _weights.Dispose();
        _zeros.Dispose();
    }

    private static (int Image, int Y, int X) Place(int tile, int along, int across)
    {
        var (row, x) = Math.DivRem(tile, across);
        var (image, y) = Math.DivRem(row, along);
        return (image, y * TTransform.Outputs, x * TTransform.Outputs);
    }

    private void Multiply(float* inputs, float* products, int tiles, nint inputStride, nint productStride)
    {
        var product = new DotProduct
        {
            Segments = 1,
            Length = SourceChannels,
            Biases = _zeros.First,
            Floor = float.NegativeInfinity,
            Vectors = Vectors,
            Blocks = Channels / Block,
        };
        var sources = stackalloc float*[DotKernel.MostRows];
        var targets = stackalloc float*[DotKernel.MostRows];
        for (var point = 0; point < Points; point++)
        {
            product.Weights = _weights.First + ((nint)point * PointStride);
            for (var (tile, group) = (0, 0); tile < tiles; group++)
            {
                var count = Kernel.GroupOf(tiles - tile, Vectors);
                for (var i = 0; i < count; i++)
                {
                    sources[i] = inputs + (point * inputStride) + ((nint)(tile + i) * SourceChannels);
                    targets[i] = products + (point * productStride) + ((nint)(tile + i) * Channels);
                }

                product.AskAhead(group, Kernel.Lanes);
                Kernel.Run(product, sources, targets, count);
                tile += count;
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformInput(float* source, nint rowStride, float* target, nint pointStride)
    {
        var half = stackalloc float[TTransform.Side * TTransform.Side * TLanes.Count];
        for (nint channel = 0; channel < SourceChannels; channel += TLanes.Count)
        {
            for (nint x = 0; x < TTransform.Side; x++)
            {
                TTransform.Input<TLanes>(
                    source + (x * SourceChannels) + channel,
                    rowStride,
                    half + (x * TLanes.Count),
                    TTransform.Side * TLanes.Count);
            }

            for (nint y = 0; y < TTransform.Side; y++)
            {
                TTransform.Input<TLanes>(
                    half + (y * TTransform.Side * TLanes.Count),
                    TLanes.Count,
                    target + (y * TTransform.Side * pointStride) + channel,
                    pointStride);
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformOutput(float* products, nint pointStride, float* target, nint rowStride, int rows, int columns, bool adds)
    {
        var half = stackalloc float[TTransform.Side * TTransform.Outputs * TLanes.Count];
        var row = stackalloc float[TTransform.Outputs * TLanes.Count];
        var zero = TLanes.Create(0);
        for (nint channel = 0; channel < Channels; channel += TLanes.Count)
        {
            for (nint x = 0; x < TTransform.Side; x++)
            {
                TTransform.Output<TLanes>(
                    products + (x * pointStride) + channel,
                    TTransform.Side * pointStride,
                    half + (x * TLanes.Count),
                    TTransform.Side * TLanes.Count);
            }

            var bias = TLanes.Load(Biases + channel);
            for (nint y = 0; y < rows; y++)
            {
                TTransform.Output<TLanes>(half + (y * TTransform.Side * TLanes.Count), TLanes.Count, row, TLanes.Count);
                var pixel = target + (y * rowStride) + channel;
                for (nint x = 0; x < columns; x++)
                {
                    var sum = TLanes.Load(row + (x * TLanes.Count)) + bias;
                    if (adds)
                    {
                        sum += TLanes.Load(pixel);
                    }

                    TLanes.Max(sum, zero).Store(pixel);
                    pixel += Channels;
                }
            }
        }
    }

    // Transforms a filter's rows, then its columns.
    private void PackFilters(float[] weights)
    {
        var (taps, side) = (TTransform.Taps, TTransform.Side);
        var factors = Factors();
        Span<double> half = stackalloc double[side * taps];
        for (var filter = 0; filter < Layer.Filters; filter++)
        {
            for (var channel = 0; channel < Layer.Channels; channel++)
            {
                var source = weights.AsSpan(((filter * Layer.Channels) + channel) * taps * taps, taps * taps);
                for (var i = 0; i < half.Length; i++)
                {
                    var (row, x) = (i / taps * taps, i % taps);
                    half[i] = 0;
                    for (var y = 0; y < taps; y++)
                    {
                        half[i] += factors[row + y] * source[(y * taps) + x];
                    }
                }

                var (block, column) = Math.DivRem(filter, Block);
                var target = _weights.First + ((((nint)block * SourceChannels) + channel) * Block) + column;
                for (var point = 0; point < Points; point++)
                {
                    var (row, other) = (point / side * taps, point % side * taps);
                    var sum = 0.0;
                    for (var x = 0; x < taps; x++)
                    {
                        sum += factors[other + x] * half[row + x];
                    }

                    target[(nint)point * PointStride] = (float)sum;
                }
            }
        }
    }

    // At each point, the filter's polynomial is evaluated, over the product of the point's distances from the others; at infinity, its last
    // tap counts.
    private static double[] Factors()
    {
        var taps = TTransform.Taps;
        var points = TTransform.Points;
        var factors = new double[TTransform.Side * taps];
        for (var i = 0; i < points.Length; i++)
        {
            var scale = 1.0;
            for (var j = 0; j < points.Length; j++)
            {
                scale *= i == j ? 1 : points[i] - points[j];
            }

            for (var tap = 0; tap < taps; tap++)
            {
                factors[(i * taps) + tap] = Math.Pow(points[i], tap) / scale;
            }
        }

        factors[^1] = 1;
        return factors;
    }
}

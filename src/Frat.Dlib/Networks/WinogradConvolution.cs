using System.Numerics;
using System.Runtime.CompilerServices;

namespace Frat.Dlib;

/// <summary>
/// A convolution without stride by Winograd's minimal filters: a tile of the source and the filter are transformed, multiplied point by
/// point, and the products transformed back. For a filter of 3 and tiles of 4, that takes 36 multiplications instead of 144 for each pair
/// of channels.
/// </summary>
internal sealed unsafe class WinogradConvolution<TTransform> : Convolution
    where TTransform : struct, IWinogradTransform
{
    // What lies between the transforms of one chunk of tiles shall stay in the second-level cache.
    private const int ScratchBytes = 512 * 1024;

    private readonly NativeFloats _weights;
    private readonly NativeFloats _zeros;

    /// <param name="layer">Its measures.</param>
    /// <param name="channels">Channels of the source: those of <paramref name="layer"/>, or more.</param>
    /// <param name="weights">Filters × channels × rows × columns.</param>
    /// <param name="biases">One for each filter.</param>
    public WinogradConvolution(NetworkLayer.Convolution layer, int channels, float[] weights, ReadOnlySpan<float> biases)
        : base(layer, channels, biases)
    {
        if (channels % Vector<float>.Count != 0)
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
    public override void Run(FeatureMap source, FeatureMap target, int targetRow, int rows, bool adds, Workers workers)
    {
        var across = (source.Width + TTransform.Outputs - 1) / TTransform.Outputs;
        var along = (rows + TTransform.Outputs - 1) / TTransform.Outputs;
        var tiles = source.Images * along * across;
        var fitting = Math.Max(ScratchBytes / (Points * (SourceChannels + Channels) * sizeof(float)), 1);
        var chunks = Math.Max((tiles + fitting - 1) / fitting, Math.Min(workers.Count, tiles));
        var size = (tiles + chunks - 1) / chunks;
        size = Math.Min((size + DotProduct.MaxRows - 1) / DotProduct.MaxRows * DotProduct.MaxRows, tiles);
        workers.Run((tiles + size - 1) / size, (worker, first, end) =>
        {
            var inputs = workers.Scratch(worker, (long)Points * size * (SourceChannels + Channels));
            var products = inputs + ((nint)Points * size * SourceChannels);
            for (var tile = first * size; tile < Math.Min(end * size, tiles); tile += size)
            {
                var count = Math.Min(size, tiles - tile);
                for (var i = 0; i < count; i++)
                {
                    var (image, y, x) = Place(tile + i, along, across);
                    var pixel = source.Pixel(image, y - Layer.Padding, x - Layer.Padding);
                    TransformInput(pixel, source.RowStride, inputs + ((nint)i * SourceChannels), (nint)size * SourceChannels);
                }

                Multiply(inputs, products, count, size);
                for (var i = 0; i < count; i++)
                {
                    var (image, y, x) = Place(tile + i, along, across);
                    var (height, width) = (Math.Min(TTransform.Outputs, rows - y), Math.Min(TTransform.Outputs, source.Width - x));
                    var pixel = target.Pixel(image, targetRow + y, x);
                    TransformOutput(products + ((nint)i * Channels), (nint)size * Channels, pixel, target.RowStride, height, width, adds);
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

    private void Multiply(float* inputs, float* products, int tiles, int size)
    {
        var product = new DotProduct
        {
            Segments = 1,
            Length = SourceChannels,
            Biases = _zeros.First,
            Floor = float.NegativeInfinity,
            Blocks = Channels / DotProduct.Block,
        };
        var sources = stackalloc float*[DotProduct.MaxRows];
        var targets = stackalloc float*[DotProduct.MaxRows];
        for (var point = 0; point < Points; point++)
        {
            product.Weights = _weights.First + ((nint)point * PointStride);
            for (var tile = 0; tile < tiles;)
            {
                var count = DotProduct.GroupOf(tiles - tile);
                for (var i = 0; i < count; i++)
                {
                    var place = ((nint)point * size) + tile + i;
                    sources[i] = inputs + (place * SourceChannels);
                    targets[i] = products + (place * Channels);
                }

                product.Run(sources, targets, count);
                tile += count;
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformInput(float* source, nint rowStride, float* target, nint pointStride)
    {
        var half = stackalloc float[TTransform.Side * TTransform.Side * Vector<float>.Count];
        for (nint channel = 0; channel < SourceChannels; channel += Vector<float>.Count)
        {
            for (nint x = 0; x < TTransform.Side; x++)
            {
                TTransform.Input(
                    source + (x * SourceChannels) + channel,
                    rowStride,
                    half + (x * Vector<float>.Count),
                    TTransform.Side * Vector<float>.Count);
            }

            for (nint y = 0; y < TTransform.Side; y++)
            {
                TTransform.Input(
                    half + (y * TTransform.Side * Vector<float>.Count),
                    Vector<float>.Count,
                    target + (y * TTransform.Side * pointStride) + channel,
                    pointStride);
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformOutput(float* products, nint pointStride, float* target, nint rowStride, int rows, int columns, bool adds)
    {
        var half = stackalloc float[TTransform.Side * TTransform.Outputs * Vector<float>.Count];
        var row = stackalloc float[TTransform.Outputs * Vector<float>.Count];
        for (nint channel = 0; channel < Channels; channel += Vector<float>.Count)
        {
            for (nint x = 0; x < TTransform.Side; x++)
            {
                TTransform.Output(
                    products + (x * pointStride) + channel,
                    TTransform.Side * pointStride,
                    half + (x * Vector<float>.Count),
                    TTransform.Side * Vector<float>.Count);
            }

            var bias = Vector.Load(Biases + channel);
            for (nint y = 0; y < rows; y++)
            {
                TTransform.Output(half + (y * TTransform.Side * Vector<float>.Count), Vector<float>.Count, row, Vector<float>.Count);
                var pixel = target + (y * rowStride) + channel;
                for (nint x = 0; x < columns; x++)
                {
                    var sum = Vector.Load(row + (x * Vector<float>.Count)) + bias;
                    if (adds)
                    {
                        sum += Vector.Load(pixel);
                    }

                    Vector.Store(Vector.MaxNative(sum, Vector<float>.Zero), pixel);
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

                var (block, column) = Math.DivRem(filter, DotProduct.Block);
                var target = _weights.First + ((((nint)block * SourceChannels) + channel) * DotProduct.Block) + column;
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

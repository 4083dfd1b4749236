using System.Numerics.Tensors;

namespace Frat.Dlib;

/// <summary>
/// A convolution computed as it is defined. Since the channels of neighbouring pixels lie side by side, each row of a filter is one run of
/// numbers in the source: nothing is copied.
/// </summary>
internal sealed unsafe class DirectConvolution : Convolution
{
    // Numbers, half of the smallest second-level caches that servers have.
    private const int CachedWeights = 64 * 1024;

    private readonly NativeFloats _weights;

    /// <param name="kernel">The inner loop.</param>
    /// <param name="layer">Its measures.</param>
    /// <param name="channels">Channels of the source: those of <paramref name="layer"/>, or more.</param>
    /// <param name="weights">Filters × channels × rows × columns.</param>
    /// <param name="biases">One for each filter.</param>
    public DirectConvolution(DotKernel kernel, NetworkLayer.Convolution layer, int channels, float[] weights, ReadOnlySpan<float> biases)
        : base(kernel, layer, channels, biases)
    {
        var rows = layer.Size * layer.Size * channels;
        _weights = new NativeFloats((long)rows * Channels);
        kernel.Pack(
            rows,
            layer.Filters,
            Vectors,
            (row, filter) =>
            {
                var (tap, channel) = (row / channels, row % channels);
                return channel < layer.Channels ? weights[(((filter * layer.Channels) + channel) * layer.Size * layer.Size) + tap] : 0;
            },
            _weights.First);
    }

    /// <inheritdoc/>
    public override LayerCost CostOf(int images, int size)
    {
        long side = SizeAfter(size);
        return new LayerCost(images * side * side * _weights.Length, _weights.Length);
    }

    /// <inheritdoc/>
    public override void Run(FeatureMap source, FeatureMap target, int targetRow, int rows, bool adds, Workers workers)
    {
        workers.Run(source.Images * rows * SizeAfter(source.Width), (worker, first, end) =>
        {
            var sums = adds ? workers.Scratch(worker, (long)DotKernel.MostRows * Channels) : null;
            Run(source, target, targetRow, rows, first, end, sums);
        });
    }

    public override void Dispose()
    {
        base.Dispose();
        _weights.Dispose();
    }

    // A part of the weights that fits into the second-level cache serves all pixels before the next one is looked at.
    private void Run(FeatureMap source, FeatureMap target, int targetRow, int height, int first, int end, float* sums)
    {
        var blockLength = (nint)Layer.Size * Layer.Size * SourceChannels * Block;
        var blocks = (int)Math.Clamp(CachedWeights / blockLength, 1, Channels / Block);
        for (var block = 0; block < Channels / Block; block += blocks)
        {
            var columns = Math.Min(blocks, (Channels / Block) - block);
            Run(source, target, targetRow, height, first, end, sums, block, columns);
        }
    }

    private void Run(
        FeatureMap source, FeatureMap target, int targetRow, int height, int first, int end, float* sums, int block, int blocks)
    {
        var firstChannel = block * Block;
        var channels = blocks * Block;
        var width = SizeAfter(source.Width);
        var product = new DotProduct
        {
            Segments = Layer.Size,
            SegmentStride = source.RowStride,
            Length = Layer.Size * SourceChannels,
            Weights = _weights.First + ((nint)firstChannel * Layer.Size * Layer.Size * SourceChannels),
            Biases = Biases + firstChannel,
            Floor = sums is null ? 0 : float.NegativeInfinity,
            Vectors = Vectors,
            Blocks = blocks,
        };
        var sources = stackalloc float*[DotKernel.MostRows];
        var targets = stackalloc float*[DotKernel.MostRows];
        var results = stackalloc float*[DotKernel.MostRows];
        var (row, x) = Math.DivRem(first, width);
        var (image, y) = Math.DivRem(row, height);
        for (var (pixel, group) = (first, 0); pixel < end; group++)
        {
            var count = Kernel.GroupOf(end - pixel, Vectors);
            for (var i = 0; i < count; i++)
            {
                sources[i] = source.Pixel(image, (y * Layer.Stride) - Layer.Padding, (x * Layer.Stride) - Layer.Padding);
                targets[i] = target.Pixel(image, targetRow + y, x) + firstChannel;
                results[i] = sums is null ? targets[i] : sums + ((nint)i * Channels);
                if (++x == width)
                {
                    x = 0;
                    if (++y == height)
                    {
                        (y, image) = (0, image + 1);
                    }
                }
            }

            product.AskAhead(group, Kernel.Lanes);
            Kernel.Run(product, sources, results, count);
            for (var i = 0; i < count && sums is not null; i++)
            {
                var pixelValues = new Span<float>(targets[i], channels);
                TensorPrimitives.Add(new ReadOnlySpan<float>(results[i], channels), pixelValues, pixelValues);
                TensorPrimitives.Max(pixelValues, 0, pixelValues);
            }

            pixel += count;
        }
    }
}

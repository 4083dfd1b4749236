namespace Frat.Dlib;

/// <summary>A convolution with biases, its weights packed for this machine. Immutable and thread-safe.</summary>
internal abstract unsafe class Convolution : IDisposable
{
    private readonly NativeFloats _biases;

    /// <param name="kernel">The inner loop.</param>
    /// <param name="layer">Its measures.</param>
    /// <param name="channels">Channels of the source: those of <paramref name="layer"/>, or more.</param>
    /// <param name="biases">One for each filter.</param>
    protected Convolution(DotKernel kernel, NetworkLayer.Convolution layer, int channels, ReadOnlySpan<float> biases)
    {
        Kernel = kernel;
        Layer = layer;
        SourceChannels = channels;
        Channels = kernel.RoundUp(layer.Filters);
        Vectors = kernel.VectorsFor(layer.Filters);
        _biases = new NativeFloats(Channels);
        biases.CopyTo(new Span<float>(_biases.First, Channels));
    }

    /// <summary>Channels of a target: the filters, made up to whole vectors by filters of zeros.</summary>
    public int Channels { get; }

    protected DotKernel Kernel { get; }

    protected NetworkLayer.Convolution Layer { get; }

    protected int SourceChannels { get; }

    /// <summary>Vectors of filters that are computed at a time.</summary>
    protected int Vectors { get; }

    /// <summary>The same in filters.</summary>
    protected int Block => Vectors * Kernel.Lanes;

    protected float* Biases => _biases.First;

    /// <summary>Packs the weights in the way that takes least time for such a layer.</summary>
    /// <param name="layer">Its measures.</param>
    /// <param name="parameters">Filters × channels × rows × columns weights, and a bias for each filter.</param>
    /// <param name="channels">Channels of the source: those of <paramref name="layer"/>, or more, which are zero.</param>
    /// <param name="size">The least side of the sources that it will see.</param>
    /// <param name="kernel">The inner loop.</param>
    public static Convolution Create(
        NetworkLayer.Convolution layer, (float[] Weights, float[] Biases) parameters, int channels, int size, DotKernel kernel) =>
        layer switch
        {
            // Of a single pixel, all taps but the one in the middle see zeros.
            { Stride: 1, Size: 3, Padding: 1 } when size == 1 => new DirectConvolution(
                kernel,
                layer with { Size = 1, Padding = 0 },
                channels,
                [.. parameters.Weights.Where((_, i) => i % 9 == 4)],
                parameters.Biases),

            // Tiles of 4×4 take 4 times less multiplications than the direct way, those of 2×2 take 2.25 times less; but a small image has
            // so few tiles that loading the weights, 4 and 1.8 times as many, takes more time than the multiplications that they save.
            { Stride: 1, Size: 3, Padding: 1 } when size > 8 => kernel.Winograd<Winograd4x3>(layer, channels, parameters),
            { Stride: 1, Size: 3, Padding: 1 } when size > 4 => kernel.Winograd<Winograd2x3>(layer, channels, parameters),
            { Stride: 1, Size: 3, Padding: 1 } when size > 2 => new BurstConvolution(kernel, layer, channels, parameters),
            { Stride: 1, Size: 5, Padding: 2 } => kernel.Winograd<Winograd4x5>(layer, channels, parameters),
            _ => new DirectConvolution(kernel, layer, channels, parameters.Weights, parameters.Biases),
        };

    /// <summary>Rows or columns of the target for so many of the source.</summary>
    public int SizeAfter(int size) => ((size + (2 * Layer.Padding) - Layer.Size) / Layer.Stride) + 1;

    /// <summary>The first row of the source that a row of the target depends on; below 0 in the padding.</summary>
    public int FirstRow(int row) => (row * Layer.Stride) - Layer.Padding;

    /// <summary>Behind the last row of the source that the rows of the target before one depend on.</summary>
    public int EndRow(int end) => FirstRow(end - 1) + Layer.Size;

    /// <summary>What whole images of a size cost at least.</summary>
    public abstract LayerCost CostOf(int images, int size);

    /// <summary>Computes max(0, convolution) of whole images, or max(0, convolution + target).</summary>
    /// <param name="source">The source; its border is at least the padding.</param>
    /// <param name="target">The target, whose sides are at least those of the result; what lies beyond stays as it is.</param>
    /// <param name="adds">Whether what is in the target is added first.</param>
    /// <param name="workers">Who computes.</param>
    public void Run(FeatureMap source, FeatureMap target, bool adds, Workers workers) =>
        Run(source, target, 0, SizeAfter(source.Height), adds, workers);

    /// <summary>Computes some rows of each image.</summary>
    /// <param name="source">The source; row 0 is the first that the result depends on, behind the padding.</param>
    /// <param name="target">The target.</param>
    /// <param name="targetRow">The row of the target that the result begins with.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="adds">Whether what is in the target is added first.</param>
    /// <param name="workers">Who computes.</param>
    public abstract void Run(FeatureMap source, FeatureMap target, int targetRow, int rows, bool adds, Workers workers);

    public virtual void Dispose() => _biases.Dispose();
}

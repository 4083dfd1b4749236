namespace Frat.Dlib;

/// <summary>
/// A convolution of images so small that weights take longer to come from memory than the multiplications do: directly for a single image,
/// which needs the fewest weights; by Winograd's filters for several, which need fewer multiplications.
/// </summary>
internal sealed class BurstConvolution : Convolution
{
    private readonly DirectConvolution _one;
    private readonly Convolution _many;

    /// <param name="kernel">The inner loop.</param>
    /// <param name="layer">Its measures.</param>
    /// <param name="channels">Channels of the source: those of <paramref name="layer"/>, or more.</param>
    /// <param name="parameters">Its weights and biases.</param>
    public BurstConvolution(DotKernel kernel, NetworkLayer.Convolution layer, int channels, (float[] Weights, float[] Biases) parameters)
        : base(kernel, layer, channels, parameters.Biases)
    {
        _one = new DirectConvolution(kernel, layer, channels, parameters.Weights, parameters.Biases);
        _many = kernel.Winograd<Winograd2x3>(layer, channels, parameters);
    }

    /// <inheritdoc/>
    public override LayerCost CostOf(int images, int size) => For(images).CostOf(images, size);

    /// <inheritdoc/>
    public override void Run(FeatureMap source, FeatureMap target, int targetRow, int rows, bool adds, Workers workers) =>
        For(source.Images).Run(source, target, targetRow, rows, adds, workers);

    public override void Dispose()
    {
        base.Dispose();
        _one.Dispose();
        _many.Dispose();
    }

    private Convolution For(int images) => images == 1 ? _one : _many;
}

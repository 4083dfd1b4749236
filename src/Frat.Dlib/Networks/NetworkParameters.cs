namespace Frat.Dlib;

/// <summary>The parameters of one layer inside a model, as bytes of little-endian float32.</summary>
internal readonly ref struct LayerParameters(Span<byte> weights, Span<byte> biases)
{
    public Span<byte> Weights { get; } = weights;

    public Span<byte> Biases { get; } = biases;
}

/// <summary>
/// Where the parameters of each layer lie inside the bytes of an ONNX model: the weights are read to where ONNX Runtime takes
/// them from, so that they are never in memory twice on the way.
/// </summary>
internal sealed class NetworkParameters(byte[] model, IReadOnlyDictionary<int, (OnnxTensor Weights, OnnxTensor? Biases)> tensors)
{
    /// <summary>The parameters of the layer with that number; empty where it has none.</summary>
    public LayerParameters Of(int layer) => tensors.TryGetValue(layer, out var entry)
        ? new LayerParameters(entry.Weights.In(model), entry.Biases is { } biases ? biases.In(model) : default)
        : default;
}

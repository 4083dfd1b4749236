namespace Frat.Dlib;

/// <summary>The parameters of one layer inside a model, as bytes of little-endian float32.</summary>
internal readonly ref struct LayerParameters(Span<byte> weights, Span<byte> biases)
{
    public Span<byte> Weights { get; } = weights;

    public Span<byte> Biases { get; } = biases;
}

/// <summary>Where the parameters of one layer lie.</summary>
internal sealed record LayerTensors(byte[] Model, OnnxTensor Weights, OnnxTensor? Biases);

/// <summary>
/// Where the parameters of each layer lie inside the bytes of an ONNX model: the weights are read to where ONNX Runtime takes
/// them from, so that they are never in memory twice on the way.
/// </summary>
internal sealed class NetworkParameters(IReadOnlyDictionary<int, LayerTensors> tensors)
{
    /// <summary>The parameters of a network that is split into two models.</summary>
    public NetworkParameters Join(NetworkParameters other) => new(Tensors.Concat(other.Tensors).ToDictionary());

    private IReadOnlyDictionary<int, LayerTensors> Tensors => tensors;

    /// <summary>The parameters of the layer with that number; empty where it has none.</summary>
    public LayerParameters Of(int layer) => tensors.TryGetValue(layer, out var entry)
        ? new LayerParameters(entry.Weights.In(entry.Model), entry.Biases is { } biases ? biases.In(entry.Model) : default)
        : default;
}

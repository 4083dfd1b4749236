using System.Runtime.InteropServices;

namespace Frat.Dlib;

/// <summary>The parameters of one layer, as bytes of little-endian float32.</summary>
internal readonly ref struct LayerParameters(Span<byte> weights, Span<byte> biases)
{
    public Span<byte> Weights { get; } = weights;

    public Span<byte> Biases { get; } = biases;
}

/// <summary>The weights of each layer of a network, as its file has them.</summary>
internal sealed class NetworkParameters
{
    private readonly Dictionary<int, (float[] Weights, float[] Biases)> _layers = [];

    /// <summary>Makes room for the parameters of a network.</summary>
    /// <param name="layers">The layers in forward order.</param>
    public NetworkParameters(IReadOnlyList<NetworkLayer> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            switch (layers[i])
            {
                case NetworkLayer.Convolution convolution:
                    _layers[i] = (new float[convolution.WeightCount], new float[convolution.Filters]);
                    break;
                case NetworkLayer.FullyConnected connected:
                    _layers[i] = (new float[connected.Inputs * connected.Outputs], []);
                    break;
            }
        }
    }

    /// <summary>The parameters of the layer with that number; empty where it has none.</summary>
    public LayerParameters Of(int layer) => _layers.TryGetValue(layer, out var entry)
        ? new LayerParameters(MemoryMarshal.AsBytes(entry.Weights.AsSpan()), MemoryMarshal.AsBytes(entry.Biases.AsSpan()))
        : default;

    /// <summary>Takes the parameters of a layer out: they are packed elsewhere, and needn't be in memory twice.</summary>
    public (float[] Weights, float[] Biases) Take(int layer)
    {
        _layers.Remove(layer, out var entry);
        return entry;
    }
}

namespace Frat.Dlib;

/// <summary>
/// Turns a list of layers into an ONNX model. Affine layers make no node of their own: their factors go into the weights of
/// the convolution before them.
/// </summary>
internal sealed class NetworkGraph
{
    public const string Input = "input";
    public const string Output = "output";

    private readonly OnnxGraph _graph;
    private readonly Dictionary<int, (OnnxTensor Weights, OnnxTensor? Biases)> _tensors = [];
    private readonly Dictionary<int, Value> _tags = [];
    private Value _current;

    private NetworkGraph(string name, int channels, int size)
    {
        _graph = new OnnxGraph(name);
        _graph.AddInput(Input, channels, size, size);
        _current = new Value(Input, channels, size);
    }

    /// <summary>Builds the model.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="layers">The layers in forward order.</param>
    /// <param name="channels">Planes of the input.</param>
    /// <param name="size">Rows and columns of the input.</param>
    /// <returns>The model's bytes with weights of zero, and where the weights go.</returns>
    public static (byte[] Model, NetworkParameters Parameters) Build(string name, IReadOnlyList<NetworkLayer> layers, int channels, int size)
    {
        var builder = new NetworkGraph(name, channels, size);
        for (var i = 0; i < layers.Count; i++)
        {
            builder.Append(i, layers[i]);
        }

        builder._graph.AddNode("Identity", [builder._current.Name], Output);
        builder._graph.AddOutput(Output, builder._current.Channels);
        var model = builder._graph.ToModel();
        return (model, new NetworkParameters(model, builder._tensors));
    }

    private void Append(int index, NetworkLayer layer)
    {
        switch (layer)
        {
            case NetworkLayer.Convolution convolution:
                AppendConvolution(index, convolution);
                break;
            case NetworkLayer.Affine:
                break;
            case NetworkLayer.Relu:
                _current = Node("Relu", $"relu{index}", [_current.Name], _current.Channels, _current.Size);
                break;
            case NetworkLayer.MaxPool pool:
                AppendPool("MaxPool", $"maxpool{index}", pool.Size, pool.Stride);
                break;
            case NetworkLayer.AveragePool { Size: 0 }:
                _current = Node("GlobalAveragePool", $"average{index}", [_current.Name], _current.Channels, 1);
                break;
            case NetworkLayer.AveragePool pool:
                AppendPool("AveragePool", $"average{index}", pool.Size, pool.Stride);
                break;
            case NetworkLayer.Tag tag:
                _tags[tag.Number] = _current;
                break;
            case NetworkLayer.Skip skip:
                _current = _tags[skip.Number];
                break;
            case NetworkLayer.Add add:
                AppendAdd(index, _tags[add.Number]);
                break;
            case NetworkLayer.FullyConnected connected:
                AppendFullyConnected(index, connected);
                break;
            default:
                throw new ArgumentException($"No operator is known for a layer of the kind {layer.GetType().Name}.", nameof(layer));
        }
    }

    private void AppendConvolution(int index, NetworkLayer.Convolution layer)
    {
        var weights = _graph.AddFloats($"weights{index}", layer.Filters, layer.Channels, layer.Size, layer.Size);
        var biases = _graph.AddFloats($"biases{index}", layer.Filters);
        _tensors[index] = (weights, biases);
        _current = Node(
            "Conv",
            $"convolution{index}",
            [_current.Name, weights.Name, biases.Name],
            layer.Filters,
            ((_current.Size + (2 * layer.Padding) - layer.Size) / layer.Stride) + 1,
            Both("kernel_shape", layer.Size),
            Both("strides", layer.Stride),
            ("pads", [layer.Padding, layer.Padding, layer.Padding, layer.Padding], true));
    }

    private void AppendPool(string operation, string name, int size, int stride) => _current = Node(
        operation,
        name,
        [_current.Name],
        _current.Channels,
        ((_current.Size - size) / stride) + 1,
        Both("kernel_shape", size),
        Both("strides", stride));

    private void AppendAdd(int index, Value other)
    {
        var channels = Math.Max(_current.Channels, other.Channels);
        var size = Math.Max(_current.Size, other.Size);
        var left = PadTo($"left{index}", _current, channels, size);
        var right = PadTo($"right{index}", other, channels, size);
        _current = Node("Add", $"sum{index}", [left.Name, right.Name], channels, size);
    }

    private Value PadTo(string name, Value value, int channels, int size)
    {
        if (value.Channels == channels && value.Size == size)
        {
            return value;
        }

        var pads = $"{name}_pads";
        _graph.AddIntegers(pads, 0, 0, 0, 0, 0, channels - value.Channels, size - value.Size, size - value.Size);
        return Node("Pad", name, [value.Name, pads], channels, size);
    }

    private void AppendFullyConnected(int index, NetworkLayer.FullyConnected layer)
    {
        var weights = _graph.AddFloats($"weights{index}", layer.Inputs, layer.Outputs);
        _tensors[index] = (weights, null);
        var flat = Node("Flatten", $"flat{index}", [_current.Name], layer.Inputs, 1);
        _current = Node("MatMul", $"product{index}", [flat.Name, weights.Name], layer.Outputs, 1);
    }

    private Value Node(string operation, string name, string[] inputs, int channels, int size, params (string Name, long[] Values, bool IsList)[] attributes)
    {
        _graph.AddNode(operation, inputs, name, attributes);
        return new Value(name, channels, size);
    }

    private static (string Name, long[] Values, bool IsList) Both(string name, int value) => (name, [value, value], true);

    // What flows between two layers: planes of size × size numbers.
    private readonly record struct Value(string Name, int Channels, int Size);
}

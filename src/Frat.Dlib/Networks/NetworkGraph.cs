namespace Frat.Dlib;

/// <summary>
/// Turns a list of layers into an ONNX model. Affine layers make no node of their own: their factors go into the weights of
/// the convolution before them.
/// </summary>
/// <remarks>
/// Two liberties are taken, neither of which changes a result. Filters are made up to a multiple of <see cref="ChannelBlock"/> by filters of
/// zeros, because ONNX Runtime only has a fast convolution for channels that fill its blocks. And a convolution with a single filter would
/// compute a whole block of filters and use one: taken apart by columns, it fills the block (9 of 16 for the 9×9 filter of the face
/// detector), and the caller adds the shifted planes up. Both are written as operators on the weights, which ONNX Runtime computes once.
/// </remarks>
internal sealed class NetworkGraph
{
    public const string Input = "input";
    public const string Output = "output";

    private readonly OnnxGraph _graph;
    private readonly Dictionary<int, (OnnxTensor Weights, OnnxTensor? Biases)> _tensors = [];
    private readonly Dictionary<int, Value> _tags = [];
    private Value _current;

    /// <summary>Stands for rows and columns of any number.</summary>
    public const int FreeSize = 0;

    // The largest block of ONNX Runtime's blocked layout (NCHWc): 16 channels with AVX-512, 8 with AVX2.
    private const int ChannelBlock = 16;

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
    /// <param name="size">Rows and columns of the input, or <see cref="FreeSize"/>.</param>
    /// <returns>The model's bytes with weights of zero, and where the weights go.</returns>
    public static (byte[] Model, NetworkParameters Parameters) Build(string name, IReadOnlyList<NetworkLayer> layers, int channels, int size) =>
        Build(name, layers, Range.All, channels, size);

    /// <summary>Builds a model of some of the layers.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="layers">All layers in forward order.</param>
    /// <param name="part">Which of them.</param>
    /// <param name="channels">Planes of the input.</param>
    /// <param name="size">Rows and columns of the input, or <see cref="FreeSize"/>.</param>
    /// <returns>The model's bytes with weights of zero, and where the weights of each layer go, by its number among all layers.</returns>
    public static (byte[] Model, NetworkParameters Parameters) Build(
        string name,
        IReadOnlyList<NetworkLayer> layers,
        Range part,
        int channels,
        int size)
    {
        var builder = new NetworkGraph(name, channels, size);
        var (first, count) = part.GetOffsetAndLength(layers.Count);
        for (var i = first; i < first + count; i++)
        {
            builder.Append(i, layers[i]);
        }

        var output = builder._current;
        builder._graph.AddNode("Identity", [output.Name], Output);
        builder._graph.AddOutput(Output, output.Size == FreeSize ? [output.Channels, FreeSize, FreeSize] : [output.Channels]);
        var model = builder._graph.ToModel();
        return (model, new NetworkParameters(
            builder._tensors.ToDictionary(entry => entry.Key, entry => new LayerTensors(model, entry.Value.Weights, entry.Value.Biases))));
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
        if (layer.ByColumn)
        {
            AppendColumns(index, layer);
            return;
        }

        var filters = (layer.Filters + ChannelBlock - 1) / ChannelBlock * ChannelBlock;
        _current = Node(
            "Conv",
            $"convolution{index}",
            [
                _current.Name,
                PadConstant(weights.Name, [0, 0, 0, 0], [filters - layer.Filters, _current.Channels - layer.Channels, 0, 0]),
                PadConstant(biases.Name, [0], [filters - layer.Filters]),
            ],
            filters,
            SizeAfter(layer.Size, layer.Stride, layer.Padding),
            Both("kernel_shape", layer.Size),
            Both("strides", layer.Stride),
            ("pads", [layer.Padding, layer.Padding, layer.Padding, layer.Padding], true));
    }

    // The columns of the filter become filters themselves. The bias goes with the middle one: its plane is added in everywhere.
    private void AppendColumns(int index, NetworkLayer.Convolution layer)
    {
        var weights = PadConstant($"weights{index}", [0, 0, 0, 0], [0, _current.Channels - layer.Channels, 0, 0]);
        var columns = $"columns{index}";
        _graph.AddNode("Transpose", [weights], columns, ("perm", [3, 1, 2, 0], true));
        _current = Node(
            "Conv",
            $"convolution{index}",
            [_current.Name, columns, PadConstant($"biases{index}", [layer.Size / 2], [layer.Size - 1 - (layer.Size / 2)])],
            layer.Size,
            SizeAfter(layer.Size, layer.Stride, layer.Padding),
            ("kernel_shape", [layer.Size, 1], true),
            Both("strides", layer.Stride),
            ("pads", [layer.Padding, 0, layer.Padding, 0], true));
    }

    private string PadConstant(string name, long[] before, long[] after)
    {
        if (!before.Concat(after).Any(count => count > 0))
        {
            return name;
        }

        var (pads, padded) = ($"{name}_pads", $"{name}_padded");
        _graph.AddIntegers(pads, [.. before, .. after]);
        _graph.AddNode("Pad", [name, pads], padded);
        return padded;
    }

    private int SizeAfter(int size, int stride, int padding) =>
        _current.Size == FreeSize ? FreeSize : ((_current.Size + (2 * padding) - size) / stride) + 1;

    private void AppendPool(string operation, string name, int size, int stride) => _current = Node(
        operation,
        name,
        [_current.Name],
        _current.Channels,
        SizeAfter(size, stride, padding: 0),
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

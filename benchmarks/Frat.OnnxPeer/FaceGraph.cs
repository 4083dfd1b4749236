using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace Frat.Dlib.OnnxPeer;

/// <summary>
/// dlib's face encoder as an ONNX model (onnx/onnx.proto, IR version 8, operator set 17), from the same layers and weights that FRAT
/// computes with: the factors of batch normalisation are in the weights of the convolution before them, and an addition pads the smaller
/// side with zeros, as dlib does.
/// </summary>
internal sealed class FaceGraph
{
    public const string Input = "input";
    public const string Output = "output";

    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private const string Batch = "batch";

    private readonly GraphProto _graph = new() { Name = "face" };
    private readonly Dictionary<int, Value> _tags = [];
    private Value _current = new(Input, FaceResNet.Channels, FaceChip.Size);

    private FaceGraph()
    {
    }

    /// <summary>Builds the model.</summary>
    /// <param name="parameters">The weights of each layer.</param>
    /// <returns>Its bytes.</returns>
    public static byte[] Build(NetworkParameters parameters)
    {
        var builder = new FaceGraph();
        for (var i = 0; i < FaceResNet.Layers.Count; i++)
        {
            builder.Append(i, FaceResNet.Layers[i], parameters);
        }

        builder._graph.Node[^1].Output[0] = Output;
        builder._graph.Input.Add(Tensor(Input, FaceResNet.Channels, FaceChip.Size, FaceChip.Size));
        builder._graph.Output.Add(Tensor(Output, FaceResNet.Dimension));
        return new ModelProto
        {
            IrVersion = IrVersion, OpsetImport = { new OperatorSetIdProto { Version = OperatorSet } }, Graph = builder._graph
        }.ToByteArray();
    }

    private void Append(int index, NetworkLayer layer, NetworkParameters parameters)
    {
        switch (layer)
        {
            case NetworkLayer.Convolution convolution:
                var (weights, biases) = parameters.Take(index);
                AddFloats($"weights{index}", weights, convolution.Filters, convolution.Channels, convolution.Size, convolution.Size);
                AddFloats($"biases{index}", biases, convolution.Filters);
                AddNode(
                    "Conv",
                    [_current.Name, $"weights{index}", $"biases{index}"],
                    new Value(
                        $"convolution{index}", convolution.Filters, SizeAfter(convolution.Size, convolution.Stride, convolution.Padding)),
                    ("kernel_shape", Both(convolution.Size)),
                    ("strides", Both(convolution.Stride)),
                    ("pads", [.. Enumerable.Repeat((long)convolution.Padding, 4)]));
                break;
            case NetworkLayer.Affine:
                break;
            case NetworkLayer.Relu:
                AddNode("Relu", [_current.Name], _current with { Name = $"relu{index}" });
                break;
            case NetworkLayer.MaxPool pool:
                AddPool("MaxPool", index, pool.Size, pool.Stride);
                break;
            case NetworkLayer.AveragePool { Size: 0 }:
                AddNode("GlobalAveragePool", [_current.Name], new Value($"average{index}", _current.Channels, 1));
                break;
            case NetworkLayer.AveragePool pool:
                AddPool("AveragePool", index, pool.Size, pool.Stride);
                break;
            case NetworkLayer.Tag tag:
                _tags[tag.Number] = _current;
                break;
            case NetworkLayer.Skip skip:
                _current = _tags[skip.Number];
                break;
            case NetworkLayer.Add add:
                AddSum(index, _current, _tags[add.Number]);
                break;
            case NetworkLayer.FullyConnected connected:
                AddNode("Flatten", [_current.Name], new Value($"flat{index}", connected.Inputs, 1));
                AddFloats($"weights{index}", parameters.Take(index).Weights, connected.Inputs, connected.Outputs);
                AddNode("MatMul", [_current.Name, $"weights{index}"], new Value($"product{index}", connected.Outputs, 1));
                break;
            default:
                throw new ArgumentException($"No operator is known for a layer of the kind {layer.GetType().Name}.", nameof(layer));
        }
    }

    private void AddSum(int index, Value left, Value right)
    {
        var (channels, size) = (Math.Max(left.Channels, right.Channels), Math.Max(left.Size, right.Size));
        var (first, second) = (Padded(left, $"left{index}"), Padded(right, $"right{index}"));
        AddNode("Add", [first, second], new Value($"sum{index}", channels, size));

        string Padded(Value value, string name)
        {
            if (value.Channels == channels && value.Size == size)
            {
                return value.Name;
            }

            long[] pads = [0, 0, 0, 0, 0, channels - value.Channels, size - value.Size, size - value.Size];
            _graph.Initializer.Add(new TensorProto
            {
                Name = $"{name}_pads", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { pads.Length }, Int64Data = { pads }
            });
            AddNode("Pad", [value.Name, $"{name}_pads"], new Value(name, channels, size));
            return name;
        }
    }

    private void AddPool(string operation, int index, int size, int stride) => AddNode(
        operation,
        [_current.Name],
        new Value($"pool{index}", _current.Channels, SizeAfter(size, stride, padding: 0)),
        ("kernel_shape", Both(size)),
        ("strides", Both(stride)));

    private void AddNode(string operation, string[] inputs, Value result, params ReadOnlySpan<(string Name, long[] Values)> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = result.Name, Input = { inputs }, Output = { result.Name } };
        foreach (var (name, values) in attributes)
        {
            node.Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } });
        }

        _graph.Node.Add(node);
        _current = result;
    }

    private void AddFloats(string name, float[] values, params long[] dimensions) => _graph.Initializer.Add(new TensorProto
    {
        Name = name,
        DataType = (int)TensorProto.Types.DataType.Float,
        Dims = { dimensions },
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
    });

    private static ValueInfoProto Tensor(string name, params ReadOnlySpan<int> dimensions)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Batch } } };
        foreach (var dimension in dimensions)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = dimension });
        }

        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }

    private static long[] Both(int value) => [value, value];

    private int SizeAfter(int size, int stride, int padding) => ((_current.Size + (2 * padding) - size) / stride) + 1;

    // What flows between two layers: planes of size × size numbers.
    private readonly record struct Value(string Name, int Channels, int Size);
}

using System.Runtime.InteropServices;
using Google.Protobuf;
using global::Onnx;

namespace Frat.Onnx.Tests.Graphs;

/// <summary>Small networks whose results a test can tell: the mean of each colour, times a matrix.</summary>
internal static class TestGraph
{
    public const int Side = 16;

    /// <summary>The network of <see cref="Build"/>, as it is to be set.</summary>
    public static OnnxNetwork Network { get; } = new()
    {
        EncoderId = "test-mean-colour",
        Dimension = 3,
        InputSize = Side,
        Template = new Dictionary<LandmarkScheme, IReadOnlyList<FacePoint>>
        {
            [LandmarkScheme.EyeCenters] = [new(5, 7), new(11, 7), new(8, 10), new(6, 13), new(10, 13)],
        },
        Scale = 0.5f,
        Mean = (10, 20, 30),
        Deviation = (1, 2, 4),
        RecommendedMaxDistance = 0.1f,
    };

    /// <summary>The network that gives the mean of each colour.</summary>
    /// <param name="batch">How many pictures it takes; 0 for any number.</param>
    /// <param name="channelsLast">How its input is arranged.</param>
    /// <param name="weights">What the means are multiplied with: a matrix of three rows; null for themselves.</param>
    public static ModelProto Build(int batch = 0, bool channelsLast = false, float[]? weights = null)
    {
        weights ??= [1, 0, 0, 0, 1, 0, 0, 0, 1];
        var graph = new GraphProto { Name = "mean" };
        graph.Input.Add(Value("picture", batch, channelsLast ? [Side, Side, 3] : [3, Side, Side]));
        graph.Output.Add(Value("encoding", batch, weights.Length / 3));
        graph.Initializer.Add(Tensor("weights", weights, 3, weights.Length / 3));
        var from = "picture";
        if (channelsLast)
        {
            var order = new AttributeProto { Name = "perm", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 0, 3, 1, 2 } };
            graph.Node.Add(new NodeProto { OpType = "Transpose", Input = { from }, Output = { "turned" }, Attribute = { order } });
            from = "turned";
        }

        graph.Node.Add(new NodeProto { OpType = "GlobalAveragePool", Input = { from }, Output = { "means" } });
        graph.Node.Add(new NodeProto { OpType = "Flatten", Input = { "means" }, Output = { "flat" } });
        graph.Node.Add(new NodeProto { OpType = "MatMul", Input = { "flat", "weights" }, Output = { "encoding" } });
        return new ModelProto { IrVersion = 8, OpsetImport = { new OperatorSetIdProto { Version = 17 } }, Graph = graph };
    }

    public static TensorProto Tensor(string name, float[] values, params int[] sides)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)),
        };
        tensor.Dims.Add(sides.Select(side => (long)side));
        return tensor;
    }

    public static ValueInfoProto Value(string name, int batch, params int[] sides)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(batch == 0
            ? new TensorShapeProto.Types.Dimension { DimParam = "batch" }
            : new TensorShapeProto.Types.Dimension { DimValue = batch });
        shape.Dim.Add(sides.Select(side => new TensorShapeProto.Types.Dimension { DimValue = side }));
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }
}

using Google.Protobuf;

namespace Frat.Dlib;

/// <summary>A tensor of float32 inside a model's bytes; where, is known once the model is written.</summary>
internal sealed class OnnxTensor(string name, int count)
{
    public string Name { get; } = name;

    /// <summary>Bytes of the values.</summary>
    public int Length { get; } = count * sizeof(float);

    public int Offset { get; set; } = -1;

    /// <summary>The values as bytes of little-endian float32.</summary>
    public Span<byte> In(byte[] model) => model.AsSpan(Offset, Length);
}

/// <summary>
/// Writes an ONNX model (onnx/onnx.proto, IR version 8, operator set 17) in the wire format of protocol buffers: nodes,
/// inputs, outputs and initializers, which is all that this project's networks need.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private const int TypeFloat = 1;
    private const int TypeInt64 = 7;

    // Field numbers of ModelProto and GraphProto.
    private const int ModelIrVersion = 1;
    private const int ModelGraph = 7;
    private const int ModelOperatorSets = 8;
    private const int GraphNode = 1;
    private const int GraphName = 2;
    private const int GraphInitializer = 5;
    private const int GraphInput = 11;
    private const int GraphOutput = 12;

    // The graph's fields in writing order; a tensor's values follow directly behind the part that announces them.
    private readonly List<(byte[] Bytes, OnnxTensor? Values)> _parts = [(Message(output => WriteString(output, GraphName, name)), null)];

    /// <summary>Declares an input of float32; the first dimension is free, and so are those of 0.</summary>
    public void AddInput(string input, params ReadOnlySpan<int> dimensions) => AddValueInfo(GraphInput, input, dimensions);

    /// <summary>Declares an output of float32; the first dimension is free, and so are those of 0.</summary>
    public void AddOutput(string output, params ReadOnlySpan<int> dimensions) => AddValueInfo(GraphOutput, output, dimensions);

    /// <summary>Adds an operator.</summary>
    /// <param name="operation">Its type.</param>
    /// <param name="inputs">What goes in.</param>
    /// <param name="result">What comes out; the node has the same name.</param>
    /// <param name="attributes">Attributes: lists of integers, or a single one.</param>
    public void AddNode(string operation, string[] inputs, string result, params (string Name, long[] Values, bool IsList)[] attributes) =>
        AddMessage(GraphNode, Message(output =>
        {
            foreach (var input in inputs)
            {
                WriteString(output, 1, input);
            }

            WriteString(output, 2, result);
            WriteString(output, 3, result);
            WriteString(output, 4, operation);
            foreach (var (attribute, values, isList) in attributes)
            {
                WriteMessage(output, 5, Message(inner => WriteAttribute(inner, attribute, values, isList)));
            }
        }));

    /// <summary>Adds a constant of float32 whose values are filled in after <see cref="ToModel"/>.</summary>
    public OnnxTensor AddFloats(string tensor, params int[] dimensions)
    {
        var values = new OnnxTensor(tensor, dimensions.Aggregate(1, (product, dimension) => product * dimension));
        const int rawData = 9;
        var head = Message(output =>
        {
            WriteTensorHead(output, tensor, TypeFloat, dimensions);
            output.WriteTag(rawData, WireFormat.WireType.LengthDelimited);
            output.WriteLength(values.Length);
        });
        _parts.Add((Message(output =>
        {
            output.WriteTag(GraphInitializer, WireFormat.WireType.LengthDelimited);
            output.WriteLength(head.Length + values.Length);
        }), null));
        _parts.Add((head, values));
        return values;
    }

    /// <summary>Adds a constant list of integers.</summary>
    public void AddIntegers(string tensor, params long[] values)
    {
        const int int64Data = 7;
        AddMessage(GraphInitializer, Message(output =>
        {
            WriteTensorHead(output, tensor, TypeInt64, [values.Length]);
            WriteIntegers(output, int64Data, values);
        }));
    }

    /// <summary>The model; all floats are zero yet, and each tensor knows where its own are.</summary>
    public byte[] ToModel()
    {
        var graphLength = _parts.Sum(part => part.Bytes.Length + (part.Values?.Length ?? 0));
        var head = Message(output =>
        {
            WriteInteger(output, ModelIrVersion, IrVersion);
            WriteMessage(output, ModelOperatorSets, Message(inner => WriteInteger(inner, 2, OperatorSet)));
            output.WriteTag(ModelGraph, WireFormat.WireType.LengthDelimited);
            output.WriteLength(graphLength);
        });

        var model = new byte[head.Length + graphLength];
        head.CopyTo(model, 0);
        var offset = head.Length;
        foreach (var (bytes, values) in _parts)
        {
            bytes.CopyTo(model, offset);
            offset += bytes.Length;
            if (values is not null)
            {
                values.Offset = offset;
                offset += values.Length;
            }
        }

        return model;
    }

    private void AddMessage(int field, byte[] message) => _parts.Add((Message(output => WriteMessage(output, field, message)), null));

    private void AddValueInfo(int field, string value, ReadOnlySpan<int> dimensions)
    {
        var sizes = dimensions.ToArray();
        var shape = Message(output =>
        {
            WriteMessage(output, 1, Message(dimension => WriteString(dimension, 2, "batch")));
            for (var i = 0; i < sizes.Length; i++)
            {
                var (size, free) = (sizes[i], $"{value}{i}");
                WriteMessage(output, 1, Message(dimension =>
                {
                    if (size > 0)
                    {
                        WriteInteger(dimension, 1, size);
                    }
                    else
                    {
                        WriteString(dimension, 2, free);
                    }
                }));
            }
        });
        var tensorType = Message(output =>
        {
            WriteInteger(output, 1, TypeFloat);
            WriteMessage(output, 2, shape);
        });
        AddMessage(field, Message(output =>
        {
            WriteString(output, 1, value);
            WriteMessage(output, 2, Message(type => WriteMessage(type, 1, tensorType)));
        }));
    }

    private static void WriteAttribute(CodedOutputStream output, string name, long[] values, bool isList)
    {
        const int typeInteger = 2;
        const int typeIntegers = 7;
        WriteString(output, 1, name);
        if (isList)
        {
            WriteIntegers(output, 8, values);
        }
        else
        {
            WriteInteger(output, 3, values[0]);
        }

        WriteInteger(output, 20, isList ? typeIntegers : typeInteger);
    }

    private static void WriteTensorHead(CodedOutputStream output, string name, int type, int[] dimensions)
    {
        WriteIntegers(output, 1, Array.ConvertAll(dimensions, dimension => (long)dimension));
        WriteInteger(output, 2, type);
        WriteString(output, 8, name);
    }

    private static void WriteIntegers(CodedOutputStream output, int field, long[] values)
    {
        foreach (var value in values)
        {
            WriteInteger(output, field, value);
        }
    }

    private static void WriteInteger(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void WriteString(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void WriteMessage(CodedOutputStream output, int field, byte[] message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(message));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(output);
        }

        return stream.ToArray();
    }
}

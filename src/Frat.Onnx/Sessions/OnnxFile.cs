namespace Frat.Onnx;

/// <summary>
/// Looks through an ONNX file (protocol buffers, <c>onnx.proto</c>) for weights that lie in other files: the runtime would read whatever
/// they name, and whoever checked the file's SHA-256 would have checked too little.
/// </summary>
internal static class OnnxFile
{
    // As deep as the runtime's own reader goes.
    private const int MaxDepth = 100;

    // Which fields of a message hold messages that may lead to a tensor. TensorProto has data_location = 14 and external_data = 13.
    private static readonly Dictionary<Message, Dictionary<int, Message>> Ways = new()
    {
        [Message.Model] = new() { [7] = Message.Graph, [20] = Message.Training, [25] = Message.Function },
        [Message.Training] = new() { [1] = Message.Graph, [2] = Message.Graph },
        [Message.Function] = new() { [7] = Message.Node },
        [Message.Graph] = new() { [1] = Message.Node, [5] = Message.Tensor, [15] = Message.Sparse },
        [Message.Node] = new() { [5] = Message.Attribute },
        [Message.Attribute] = new()
        {
            [5] = Message.Tensor, [6] = Message.Graph, [10] = Message.Tensor, [11] = Message.Graph, [22] = Message.Sparse,
            [23] = Message.Sparse,
        },
        [Message.Sparse] = new() { [1] = Message.Tensor, [2] = Message.Tensor },
        [Message.Tensor] = [],
    };

    private enum Message
    {
        Model,
        Training,
        Function,
        Graph,
        Node,
        Attribute,
        Sparse,
        Tensor,
    }

    private enum Wire
    {
        Number = 0,
        Eight = 1,
        Bytes = 2,
        Four = 5,
    }

    /// <summary>Refuses what isn't whole and self-contained.</summary>
    /// <param name="content">The file.</param>
    /// <exception cref="InvalidDataException">It is no ONNX file, or cut off, or has weights elsewhere; the message says which.</exception>
    public static void Check(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            throw new InvalidDataException("it is empty");
        }

        if (!Walk(content, Message.Model, 0))
        {
            throw new InvalidDataException("it has no network in it");
        }
    }

    /// <returns>Whether there was a message inside, such as a model's graph.</returns>
    private static bool Walk(ReadOnlySpan<byte> content, Message message, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException("its parts lie too deep in one another");
        }

        var found = false;
        while (!content.IsEmpty)
        {
            var tag = Number(ref content);
            var (field, wire) = (tag >> 3, (Wire)(tag & 7));
            switch (wire)
            {
                case Wire.Number:
                    var value = Number(ref content);
                    if (message == Message.Tensor && field == 14 && value != 0)
                    {
                        throw new InvalidDataException("some of its weights lie in another file, and only files that hold all are taken");
                    }

                    break;
                case Wire.Eight:
                    Take(ref content, sizeof(ulong));
                    break;
                case Wire.Four:
                    Take(ref content, sizeof(uint));
                    break;
                case Wire.Bytes:
                    var part = Take(ref content, Number(ref content));
                    if (message == Message.Tensor && field == 13)
                    {
                        throw new InvalidDataException("some of its weights lie in another file, and only files that hold all are taken");
                    }

                    if (field <= int.MaxValue && Ways[message].TryGetValue((int)field, out var inner))
                    {
                        found = true;
                        Walk(part, inner, depth + 1);
                    }

                    break;
                default:
                    throw new InvalidDataException("it is no ONNX file, or damaged");
            }
        }

        return found;
    }

    // Seven bits a byte, the lowest first.
    private static ulong Number(ref ReadOnlySpan<byte> content)
    {
        ulong number = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref content, 1)[0];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw new InvalidDataException("it is no ONNX file, or damaged");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> content, ulong length)
    {
        if (length > (ulong)content.Length)
        {
            throw new InvalidDataException("it is no ONNX file, or cut off");
        }

        var part = content[..(int)length];
        content = content[(int)length..];
        return part;
    }
}

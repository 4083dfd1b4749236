using System.Buffers;
using System.Numerics.Tensors;

namespace Frat.Onnx;

/// <summary>A loaded network that makes encodings of chips. Thread-safe: calls may run at the same time.</summary>
internal sealed class EmbeddingSession : IDisposable
{
    /// <summary>How many pictures go through the network at once, at most: what bounds a call's memory.</summary>
    internal const int MaxBatch = 8;

    private readonly OnnxSession _session;
    private readonly OnnxNetwork _network;
    private readonly ChipTensor _tensor;
    private readonly bool _mirror;
    private readonly int _batch;
    private readonly string[] _output;

    private EmbeddingSession(OnnxSession session, OnnxNetwork network, bool mirror)
    {
        (_session, _network, _mirror) = (session, network, mirror);
        _tensor = new ChipTensor(network);
        var dimensions = session.Input.Value.Dimensions;
        if (!_tensor.Fits(dimensions))
        {
            throw session.Refuse(
                $"it takes pictures of {Text(dimensions)} (-1 is any), and is set to {string.Join('×', _tensor.Shape(1))}");
        }

        _batch = dimensions[0] switch
        {
            -1 => MaxBatch,
            1 => 1,
            var fixedBatch => throw session.Refuse($"it takes {fixedBatch} pictures at once and no other number"),
        };
        _output = [OutputOf(session, network)];
    }

    /// <summary>Loads a network, and runs it once: one that can't do what it is to do is refused now.</summary>
    /// <exception cref="ModelFileException">The file is missing or damaged, or not of such a network.</exception>
    public static async Task<EmbeddingSession> LoadAsync(
        OnnxModelSource source, OnnxNetwork network, OnnxEmbedderOptions options, CancellationToken cancellationToken)
    {
        var session = await OnnxSession.LoadAsync(source, options.ThreadsPerRun, cancellationToken).ConfigureAwait(false);
        try
        {
            var loaded = new EmbeddingSession(session, network, options.Mirror);
            using var chip = new RgbImage(network.InputSize, network.InputSize);
            for (var i = 0; i < chip.Pixels.Length; i++)
            {
                chip.Pixels[i] = (byte)(i * 31); // Anything but a plain area, of which a network may make nothing.
            }

            loaded.Embed([chip], cancellationToken);
            return loaded;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Encodes chips.</summary>
    /// <param name="chips">Of the right size.</param>
    /// <param name="cancellationToken">Cancels the call between two runs.</param>
    public FaceEncoding[] Embed(IReadOnlyList<RgbImage> chips, CancellationToken cancellationToken)
    {
        var copies = _mirror ? 2 : 1;
        var pictures = chips.Count * copies;
        var batch = Math.Min(pictures, _batch);
        var encodings = new FaceEncoding[chips.Count];
        var sum = new float[_network.Dimension];
        var input = ArrayPool<float>.Shared.Rent(batch * _tensor.Length);
        try
        {
            for (var first = 0; first < pictures; first += batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = Math.Min(batch, pictures - first);
                for (var i = 0; i < count; i++)
                {
                    var (chip, copy) = Math.DivRem(first + i, copies);
                    _tensor.Fill(chips[chip].Pixels, copy == 1, input.AsSpan(i * _tensor.Length, _tensor.Length));
                }

                var done = first;
                _session.Run(input.AsMemory(0, count * _tensor.Length), _tensor.Shape(count), _output, outputs =>
                {
                    var values = outputs.Read(0, count * _network.Dimension);
                    for (var i = 0; i < count; i++, done++)
                    {
                        Add(values.Slice(i * _network.Dimension, _network.Dimension), done, copies, sum, encodings);
                    }

                    return count;
                });
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(input, clearArray: true); // It shows faces.
        }

        return encodings;
    }

    public void Dispose() => _session.Dispose();

    // The one that was named, or else the one with as many numbers as an encoding has.
    private static string OutputOf(OnnxSession session, OnnxNetwork network)
    {
        var fitting = session.Outputs.Where(output => output.Value.IsTensor && output.Value.ElementType == typeof(float)
            && network.Output is null ? IsEncoding(output.Value.Dimensions, network.Dimension) : output.Key == network.Output).ToList();
        return fitting is [var one]
            ? one.Key
            : throw session.Refuse($"{(fitting.Count == 0 ? "no" : "more than one")} output "
                + (network.Output is null ? $"has {network.Dimension} numbers for each picture" : $"is called '{network.Output}'")
                + $"; there is {string.Join(", ", session.Outputs.Select(output => $"{output.Key} ({Text(output.Value.Dimensions)})"))}");
    }

    // (n, dimension), also with sides of 1 behind it.
    private static bool IsEncoding(int[] dimensions, int dimension) =>
        dimensions.Length >= 2 && dimensions[1] == dimension && dimensions.Skip(2).All(side => side == 1);

    private static string Text(int[] dimensions) => string.Join('×', dimensions);

    // Copies of a face follow each other, whichever runs they are in.
    private void Add(ReadOnlySpan<float> values, int number, int copies, float[] sum, FaceEncoding[] encodings)
    {
        var (face, copy) = Math.DivRem(number, copies);
        if (copy == 0)
        {
            values.CopyTo(sum);
        }
        else
        {
            TensorPrimitives.Add(sum, values, sum);
        }

        if (copy < copies - 1)
        {
            return;
        }

        var length = TensorPrimitives.Norm<float>(sum);
        if (!float.IsFinite(length) || length <= 0)
        {
            throw _session.Refuse("what it makes of a picture has no direction, or is no finite number");
        }

        TensorPrimitives.Divide(sum, length, sum);
        encodings[face] = new FaceEncoding(_network.EncoderId, sum);
    }
}

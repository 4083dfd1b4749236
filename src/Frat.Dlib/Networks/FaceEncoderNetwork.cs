using System.Buffers;

namespace Frat.Dlib;

/// <summary>dlib's face encoder, run by ONNX Runtime on the CPU.</summary>
/// <remarks>Thread-safe: calls may run at the same time. Dispose it when no call runs any more.</remarks>
internal sealed class FaceEncoderNetwork : IDisposable
{
    /// <summary>How many chips are encoded at once; more would only need more memory.</summary>
    public const int MaxBatch = 8;

    private const int PlaneLength = FaceChip.Size * FaceChip.Size;
    private const int InputLength = FaceResNet.Channels * PlaneLength;

    // dlib divides what is left of a pixel's value by this (dlib/dnn/input.h).
    private const float PixelScale = 256;

    private readonly NetworkSession _session;
    private readonly float[][] _normalized;

    private FaceEncoderNetwork(NetworkSession session, (float Red, float Green, float Blue) average)
    {
        _session = session;
        _normalized = [Normalize(average.Red), Normalize(average.Green), Normalize(average.Blue)];
    }

    /// <summary>Reads the weights and prepares the network.</summary>
    /// <param name="path">The file <see cref="FaceResNet.FileName"/>.</param>
    /// <param name="threads">How many threads compute one batch, at least 1.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or of another kind.</exception>
    public static FaceEncoderNetwork Load(string path, int threads)
    {
        using var reader = DlibFileReader.Open(path);
        return Load(reader, threads);
    }

    public static FaceEncoderNetwork Load(DlibFileReader reader, int threads)
    {
        var (model, average) = ReadModel(reader);
        return new FaceEncoderNetwork(NetworkSession.Create(model, threads, reader.FileName), average);
    }

    /// <summary>Reads the file into an ONNX model.</summary>
    /// <returns>The model, and the mean colour that is taken off each pixel.</returns>
    public static (byte[] Model, (float Red, float Green, float Blue) Average) ReadModel(DlibFileReader reader)
    {
        var (model, parameters) = NetworkGraph.Build("face", FaceResNet.Layers, FaceResNet.Channels, FaceChip.Size);
        return (model, NetworkFile.Read(reader, FaceResNet.Layers, FaceChip.Size, parameters));
    }

    public void Dispose() => _session.Dispose();

    /// <summary>Encodes chips.</summary>
    /// <param name="chips">1 to <see cref="MaxBatch"/> chips of <see cref="FaceChip.Bytes"/> bytes, one after another.</param>
    /// <param name="encodings"><see cref="FaceResNet.Dimension"/> numbers for each chip, to be filled.</param>
    public void Encode(ReadOnlySpan<byte> chips, Span<float> encodings)
    {
        var count = chips.Length / FaceChip.Bytes;
        var rented = ArrayPool<float>.Shared.Rent(count * InputLength);
        try
        {
            for (var i = 0; i < count; i++)
            {
                ToPlanes(chips.Slice(i * FaceChip.Bytes, FaceChip.Bytes), rented.AsSpan(i * InputLength, InputLength));
            }

            using var outputs = _session.Run(rented.AsMemory(0, count * InputLength), [count, FaceResNet.Channels, FaceChip.Size, FaceChip.Size]);
            outputs[0].GetTensorDataAsSpan<float>().CopyTo(encodings);
        }
        finally
        {
            // The planes show a face.
            ArrayPool<float>.Shared.Return(rented, clearArray: true);
        }
    }

    // A byte has 256 values: the arithmetic is done once for each of them.
    private static float[] Normalize(float average)
    {
        var values = new float[byte.MaxValue + 1];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (i - average) / PixelScale;
        }

        return values;
    }

    private void ToPlanes(ReadOnlySpan<byte> chip, Span<float> planes)
    {
        for (var channel = 0; channel < FaceResNet.Channels; channel++)
        {
            ReadOnlySpan<float> normalized = _normalized[channel];
            var plane = planes.Slice(channel * PlaneLength, PlaneLength);
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = normalized[chip[(i * FaceResNet.Channels) + channel]];
            }
        }
    }
}

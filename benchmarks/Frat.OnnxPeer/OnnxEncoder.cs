using Microsoft.ML.OnnxRuntime;

namespace Frat.Dlib.OnnxPeer;

/// <summary>dlib's face encoder, run by ONNX Runtime on the CPU with all its optimisations.</summary>
internal sealed class OnnxEncoder : IDisposable
{
    private const int PlaneLength = FaceChip.Size * FaceChip.Size;

    // dlib divides what is left of a pixel's value by this (dlib/dnn/input.h).
    private const float PixelScale = 256;

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly float[][] _normalized;
    private float[] _planes = [];

    /// <param name="path">dlib's file.</param>
    /// <param name="threads">How many threads compute a batch.</param>
    public OnnxEncoder(string path, int threads)
    {
        using var reader = DlibFileReader.Open(path);
        var (parameters, average) = FaceEncoderNetwork.ReadModel(reader);
        _normalized = [Normalized(average.Red), Normalized(average.Green), Normalized(average.Blue)];
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(FaceGraph.Build(parameters), options);
    }

    /// <summary>Encodes chips, from their bytes on, as FRAT does.</summary>
    /// <returns>128 numbers for each.</returns>
    public float[] Encode(IReadOnlyList<RgbImage> chips)
    {
        var length = chips.Count * FaceResNet.Channels * PlaneLength;
        if (_planes.Length != length)
        {
            _planes = new float[length];
        }

        for (var i = 0; i < chips.Count; i++)
        {
            ToPlanes(chips[i].Pixels, _planes.AsSpan(i * FaceResNet.Channels * PlaneLength));
        }

        using var input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, _planes.AsMemory(), [chips.Count, FaceResNet.Channels, FaceChip.Size, FaceChip.Size]);
        using var outputs = _session.Run(_options, [FaceGraph.Input], [input], [FaceGraph.Output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }

    private static float[] Normalized(float average) => [.. Enumerable.Range(0, 256).Select(value => (value - average) / PixelScale)];

    private void ToPlanes(ReadOnlySpan<byte> chip, Span<float> planes)
    {
        for (var channel = 0; channel < FaceResNet.Channels; channel++)
        {
            var normalized = _normalized[channel];
            var plane = planes.Slice(channel * PlaneLength, PlaneLength);
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = normalized[chip[(i * FaceResNet.Channels) + channel]];
            }
        }
    }
}

using BenchmarkDotNet.Attributes;
using Frat.Onnx;
using Frat.Vision;

namespace Frat.Benchmarks;

/// <summary>
/// MobileFaceNet and YuNet, beside what <see cref="EncodeBenchmarks"/> measures of dlib: one thread, each face with its mirror image.
/// </summary>
[MemoryDiagnoser]
public class MobileFaceNetBenchmarks
{
    private OnnxFaceEmbedder? _embedder;
    private YuNetFaceDetector? _detector;
    private FaceEncoder? _encoder;
    private RgbImage? _image;
    private RgbImage? _large;
    private byte[] _jpeg = [];
    private RgbImage[] _chip = [];
    private RgbImage[] _eight = [];

    [GlobalSetup]
    public async Task Setup()
    {
        _embedder = Engine.MobileFaceNet();
        _detector = Engine.YuNet();
        _encoder = new FaceEncoder(_detector, _embedder);
        _image = Engine.Image(853, 480);
        _large = Engine.Image(1920, 1080);
        _jpeg = Engine.Jpeg(853, 480);
        var face = (await _detector.DetectAsync(_image))[0];
        _chip = [FaceAligner.Cut(_image, face.Landmarks, _embedder.ChipFormat)];
        _eight = [.. Enumerable.Repeat(_chip[0], 8)];
    }

    [Benchmark]
    public async Task<int> Detect480() => Engine.AtLeastOne((await _detector!.DetectAsync(_image!)).Count);

    [Benchmark]
    public async Task<int> Detect1080() => Engine.AtLeastOne((await _detector!.DetectAsync(_large!)).Count);

    [Benchmark]
    public async Task<int> EncodeOne() => (await _embedder!.EmbedAsync(_chip)).Count;

    [Benchmark]
    public async Task<int> EncodeEight() => (await _embedder!.EmbedAsync(_eight)).Count;

    [Benchmark]
    public async Task<int> JpegToEncodings()
    {
        using var image = await Engine.Decoder.DecodeAsync(_jpeg);
        return Engine.AtLeastOne((await _encoder!.EncodeAsync(image)).Count);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _embedder!.Dispose();
        _detector!.Dispose();
        _image!.Dispose();
        _large!.Dispose();
        _chip[0].Dispose();
    }
}

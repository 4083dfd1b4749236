using BenchmarkDotNet.Attributes;
using Frat.Dlib;

namespace Frat.Benchmarks;

/// <summary>The steps after detection, and the whole road.</summary>
[MemoryDiagnoser]
public class EncodeBenchmarks
{
    private DlibFaceEncoder? _encoder;
    private RgbImage? _image;
    private byte[] _jpeg = [];
    private FaceBox[] _boxes = [];
    private DetectedFace? _face;
    private RgbImage[] _chip = [];
    private RgbImage[] _eight = [];

    /// <summary>Threads for one image.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        _encoder = Engine.Encoder(threads: Threads);
        _image = Engine.Image(853, 480);
        _jpeg = Engine.Jpeg(853, 480);
        _face = (await _encoder.DetectAsync(_image))[0];
        _boxes = [_face.Box];
        _chip = [DlibFaceEncoder.CutChip(_image, _face)];
        _eight = [.. Enumerable.Repeat(_chip[0], 8)];
    }

    [Benchmark]
    public async Task<int> Landmarks() => (await _encoder!.FindLandmarksAsync(_image!, _boxes)).Count;

    [Benchmark]
    public int Chip()
    {
        using var chip = DlibFaceEncoder.CutChip(_image!, _face!);
        return chip.Width;
    }

    [Benchmark]
    public async Task<int> EncodeOne() => (await _encoder!.EmbedAsync(_chip)).Count;

    [Benchmark]
    public async Task<int> EncodeEight() => (await _encoder!.EmbedAsync(_eight)).Count;

    [Benchmark]
    public async Task<int> JpegToEncodings()
    {
        using var image = await Engine.Decoder.DecodeAsync(_jpeg);
        return Engine.AtLeastOne((await _encoder!.EncodeAsync(image)).Count);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _encoder!.Dispose();
        _image!.Dispose();
        _chip[0].Dispose();
    }
}

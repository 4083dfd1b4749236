using BenchmarkDotNet.Attributes;
using Frat.Dlib;

namespace Frat.Benchmarks;

/// <summary>Pixels to boxes and landmarks, on one thread.</summary>
[MemoryDiagnoser]
public class DetectBenchmarks
{
    private DlibFaceEncoder? _encoder;
    private RgbImage? _image;

    /// <summary>Which detector.</summary>
    [Params(DlibDetectorKind.Hog, DlibDetectorKind.Cnn)]
    public DlibDetectorKind Detector { get; set; }

    /// <summary>Height of the image, whose sides are as 16 to 9.</summary>
    [Params(240, 480, 720, 1080)]
    public int Height { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _encoder = Engine.Encoder(Detector);
        _image = Engine.Image((int)Math.Round(Height * 16 / 9.0), Height);
    }

    [Benchmark]
    public async Task<int> Detect() => Engine.AtLeastOne((await _encoder!.DetectAsync(_image!)).Count);

    [GlobalCleanup]
    public void Cleanup()
    {
        _encoder!.Dispose();
        _image!.Dispose();
    }
}

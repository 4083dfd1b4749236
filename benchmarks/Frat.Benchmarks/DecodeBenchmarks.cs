using BenchmarkDotNet.Attributes;

namespace Frat.Benchmarks;

/// <summary>JPEG bytes to pixels, within the default limits: above 2 048 pixels a side, a photo is made smaller while it is decoded.</summary>
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private byte[] _jpeg = [];

    /// <summary>Width of the photo in pixels.</summary>
    [Params(640, 1920, 4000, 8000)]
    public int Width { get; set; }

    [GlobalSetup]
    public void Setup() => _jpeg = Engine.Jpeg(Width, Width * 3 / 4);

    [Benchmark]
    public async Task<int> Decode()
    {
        using var image = await Engine.Decoder.DecodeAsync(_jpeg);
        return image.Height;
    }
}

using System.Globalization;
using BenchmarkDotNet.Attributes;

namespace Frat.Benchmarks;

/// <summary>
/// Bytes of a file to pixels, within the default limits: above 2 048 pixels a side, a photo is made smaller while it is decoded.
/// </summary>
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private byte[] _photo = [];

    /// <summary>Format and width of the photo in pixels; its sides are as 4 to 3.</summary>
    [Params("JPEG 640", "JPEG 1920", "JPEG 4000", "JPEG 8000", "PNG 640", "PNG 1920", "PNG 4000")]
    public string Photo { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var width = int.Parse(Photo.Split(' ')[1], CultureInfo.InvariantCulture);
        _photo = Photo.StartsWith("JPEG", StringComparison.Ordinal) ? Engine.Jpeg(width, width * 3 / 4) : Engine.Png(width, width * 3 / 4);
    }

    [Benchmark]
    public async Task<int> Decode()
    {
        using var image = await Engine.Decoder.DecodeAsync(_photo);
        return image.Height;
    }
}

using System.Text.Json;
using Frat.Benchmarks;
using Frat.Dlib;

namespace Frat.Compare;

/// <summary>What one process measured: the median of each step in milliseconds, and its memory's peak in KiB.</summary>
/// <param name="Milliseconds">By step; behind <see cref="Timing.Cpu"/>, what the processor computed.</param>
/// <param name="PeakKiB">The peak.</param>
/// <param name="Kernels">The kernels of OpenBLAS, where dlib was measured.</param>
internal sealed record Measurement(IReadOnlyDictionary<string, double> Milliseconds, long PeakKiB, string? Kernels)
{
    private const string Blas = "blas";

    /// <summary>Reads what <see cref="WriteAsync"/>, <c>Frat.OnnxPeer</c> or <c>dlib-reference time</c> wrote.</summary>
    public static Measurement Read(string json)
    {
        var root = JsonDocument.Parse(json).RootElement;
        var members = root.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number).ToList();
        return new Measurement(
            members.Where(member => member.Name != Timing.Peak).ToDictionary(member => member.Name, member => member.Value.GetDouble()),
            members.Single(member => member.Name == Timing.Peak).Value.GetInt64(),
            root.TryGetProperty(Blas, out var kernels) ? kernels.GetString() : null);
    }

    /// <summary>Measures an encoder, and writes a line of JSON.</summary>
    public static async Task WriteAsync(string contestant, string picture, int threads, int repeat, TextWriter output)
    {
        var encoder = Contestants.All[contestant](threads);
        using var image = Pictures.ReadPpm(picture);
        var timing = new Timing();
        if (encoder is DlibFaceEncoder dlib)
        {
            await timing.MeasureAsync("detect", repeat, async () => await dlib.DetectAsync(image));
        }

        var faces = await encoder.EncodeAsync(image);
        timing.Add("faces", faces.Count);
        await timing.MeasureAsync("all", repeat, async () => await encoder.EncodeAsync(image));
        if (encoder is DlibFaceEncoder steps && faces.Count > 0)
        {
            using var chip = DlibFaceEncoder.CutChip(
                image, new DetectedFace { Box = faces[0].Box, Score = 0, Landmarks = faces[0].Landmarks });
            RgbImage[] eight = [.. Enumerable.Repeat(chip, 8)];
            await timing.MeasureAsync("encode", repeat, async () => await steps.EmbedAsync([chip]));
            await timing.MeasureAsync("encode8", repeat, async () => await steps.EmbedAsync(eight));
        }

        await output.WriteLineAsync(timing.ToJson());
    }

    /// <summary>The most memory that this process ever had, in KiB.</summary>
    public static long PeakOfThisProcess() => Timing.PeakOf("self")!.Value;
}

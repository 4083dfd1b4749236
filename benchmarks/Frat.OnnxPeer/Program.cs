using System.CommandLine;
using System.Numerics.Tensors;
using Frat;
using Frat.Benchmarks;
using Frat.Dlib;
using Frat.Dlib.OnnxPeer;
using Frat.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

// The most by which a number of an encoding may differ from FRAT's.
const float tolerance = 1e-4f;

var picture = new Argument<string>("picture");
var threads = new Argument<int>("threads");
var repeat = new Argument<int>("repeat");
var root = new RootCommand(
    "Measures dlib's face encoder on ONNX Runtime, after its numbers were compared with FRAT's.") { picture, threads, repeat };
root.SetAction(parsed => MeasureAsync(parsed.GetRequiredValue(picture), parsed.GetValue(threads), parsed.GetValue(repeat)));
return await root.Parse(args).InvokeAsync();

static async Task<int> MeasureAsync(string picture, int threads, int repeat)
{
    if (Environment.GetEnvironmentVariable("ORT_DISABLE_TELEMETRY") != "1")
    {
        // ONNX Runtime looks at it before any of its own switches can be set.
        await Console.Error.WriteLineAsync("Set ORT_DISABLE_TELEMETRY=1: without it ONNX Runtime reports to its vendor.");
        return 1;
    }

    var models = Models.Files;
    var (chips, expected) = await EncodeAsync(models, picture);
    using var encoder = new OnnxEncoder(await models.GetAsync(FaceResNet.FileName), threads);
    foreach (var (chip, encoding) in chips.Zip(expected))
    {
        var actual = encoder.Encode([chip]);
        if (actual.Length != encoding.Dimension
            || TensorPrimitives.MaxMagnitude(Difference(actual, encoding)) is not (>= -tolerance and <= tolerance))
        {
            await Console.Error.WriteLineAsync("ONNX Runtime computes another encoding than FRAT.");
            return 1;
        }
    }

    RgbImage[] eight = [.. Enumerable.Range(0, 8).Select(i => chips[i % chips.Count])];
    var timing = new Timing();
    await timing.MeasureAsync("encode", repeat, () => Run([eight[0]]));
    await timing.MeasureAsync("encode8", repeat, () => Run(eight));
    await Console.Out.WriteLineAsync(timing.ToJson());
    return 0;

    Task Run(RgbImage[] faces)
    {
        encoder.Encode(faces);
        return Task.CompletedTask;
    }
}

// FRAT's own numbers, of every face on the picture.
static async Task<(IReadOnlyList<RgbImage> Chips, IReadOnlyList<FaceEncoding> Encodings)> EncodeAsync(ModelFiles models, string picture)
{
    using var frat = new DlibFaceEncoder(models, Options.Create(new DlibOptions { Mirror = false }), NullLogger<DlibFaceEncoder>.Instance);
    using var image = Pictures.ReadPpm(picture);
    var faces = await frat.DetectAsync(image);
    RgbImage[] chips = [.. faces.Select(face => DlibFaceEncoder.CutChip(image, face))];
    return chips.Length == 0
        ? throw new InvalidOperationException("No face was found on the picture.")
        : (chips, await frat.EmbedAsync(chips));
}

static float[] Difference(ReadOnlySpan<float> actual, FaceEncoding expected)
{
    var difference = new float[actual.Length];
    TensorPrimitives.Subtract(actual, expected.Values, difference);
    return difference;
}

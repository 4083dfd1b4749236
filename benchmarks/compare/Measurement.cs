using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Frat.Benchmarks;
using Frat.Dlib;

namespace Frat.Compare;

/// <summary>What one process measured: the median of each step in milliseconds, and its memory's peak in KiB.</summary>
internal sealed record Measurement(IReadOnlyDictionary<string, double> Milliseconds, long PeakKiB)
{
    /// <summary>Behind a step's name: what the process's threads computed together, in milliseconds, the mean of the repeats.</summary>
    public const string Cpu = "Cpu";

    private const string Peak = "peak";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Reads what <see cref="Write"/> or <c>dlib-reference time</c> wrote.</summary>
    public static Measurement Read(string json)
    {
        var members = JsonDocument.Parse(json).RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number).ToList();
        return new Measurement(
            members.Where(member => member.Name != Peak).ToDictionary(member => member.Name, member => member.Value.GetDouble()),
            members.Single(member => member.Name == Peak).Value.GetInt64());
    }

    /// <summary>Measures an encoder, and writes a line of JSON.</summary>
    public static async Task Write(string contestant, string picture, int threads, int repeat, TextWriter output)
    {
        var encoder = Contestants.All[contestant](threads);
        using var image = Pictures.ReadPpm(picture);
        var times = new Dictionary<string, double>();
        if (encoder is DlibFaceEncoder dlib)
        {
            await Measure(times, "detect", repeat, async () => await dlib.DetectAsync(image));
        }

        var faces = await encoder.EncodeAsync(image);
        times["faces"] = faces.Count;
        await Measure(times, "all", repeat, async () => await encoder.EncodeAsync(image));
        if (encoder is DlibFaceEncoder steps && faces.Count > 0)
        {
            using var chip = DlibFaceEncoder.CutChip(image, new DetectedFace { Box = faces[0].Box, Score = 0, Landmarks = faces[0].Landmarks });
            RgbImage[] eight = [.. Enumerable.Repeat(chip, 8)];
            await Measure(times, "encode", repeat, async () => await steps.EncodeChipsAsync([chip]));
            await Measure(times, "encode8", repeat, async () => await steps.EncodeChipsAsync(eight));
        }

        times[Peak] = PeakOfThisProcess();
        await output.WriteLineAsync(JsonSerializer.Serialize(times));
    }

    /// <summary>The most memory that this process ever had, in KiB.</summary>
    public static long PeakOfThisProcess() => PeakOf("self")!.Value;

    /// <summary>The most memory that a process ever had, in KiB.</summary>
    /// <param name="process">Its number, or "self".</param>
    /// <returns>Null for one that has just ended: what is left of it has no memory.</returns>
    public static long? PeakOf(string process)
    {
        var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    // .NET compiles a method again once it was called often: what comes before that isn't measured.
    private static async Task Measure(Dictionary<string, double> times, string step, int repeat, Func<Task> run)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            await run();
        }

        var samples = new double[repeat];
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < repeat; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await run();
            samples[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        times[step + Cpu] = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / repeat;
        Array.Sort(samples);
        times[step] = samples[repeat / 2];
    }
}

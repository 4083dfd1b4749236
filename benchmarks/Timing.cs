using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Frat.Benchmarks;

/// <summary>Measures the steps of one encoder in this process.</summary>
internal sealed class Timing
{
    /// <summary>Behind a step's name: what the process's threads computed together, in milliseconds, the mean of the repeats.</summary>
    public const string Cpu = "Cpu";

    /// <summary>The process's peak of memory, in KiB.</summary>
    public const string Peak = "peak";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, double> _numbers = [];

    /// <summary>Notes a number that isn't measured here.</summary>
    public void Add(string name, double value) => _numbers[name] = value;

    /// <summary>Runs a step again and again; its time is the median, in milliseconds.</summary>
    public async Task MeasureAsync(string step, int repeat, Func<Task> run)
    {
        // .NET compiles a method again once it was called often: what comes before that isn't measured.
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

        _numbers[step + Cpu] = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / repeat;
        Array.Sort(samples);
        _numbers[step] = samples[repeat / 2];
    }

    /// <summary>All numbers and the peak of the memory, as a line of JSON.</summary>
    public string ToJson()
    {
        _numbers[Peak] = PeakOf("self")!.Value;
        return JsonSerializer.Serialize(_numbers);
    }

    /// <summary>The most memory that a process ever had, in KiB.</summary>
    /// <param name="process">Its number, or "self".</param>
    /// <returns>Null for one that has just ended: what is left of it has no memory.</returns>
    public static long? PeakOf(string process)
    {
        var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}

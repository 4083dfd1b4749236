using System.Diagnostics;

namespace Frat.Fuzz;

/// <summary>Ends the process when a case takes too long or too much memory: native code can't be stopped in another way.</summary>
internal sealed class Guard
{
    /// <summary>Of the processor's time, so that a busy machine isn't taken for a hang. Most files take a thousandth of it.</summary>
    private static readonly TimeSpan MaxComputed = TimeSpan.FromSeconds(10);

    /// <summary>For one that waits for something that doesn't come.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(2);

    private readonly object _lock = new();
    private string _case = "";
    private long _started;
    private TimeSpan _computedBefore;
    private long _residentBefore;
    private long _maxGrowth;

    public Guard()
    {
        new Thread(Watch) { IsBackground = true, Name = "guard" }.Start();
    }

    public TimeSpan Slowest { get; private set; }

    public string SlowestCase { get; private set; } = "";

    /// <summary>The most that a case took, in bytes beyond what the process held before it.</summary>
    public long LargestGrowth { get; private set; }

    public string LargestCase { get; private set; } = "";

    /// <summary>Begins a case. The system forgets the process's peak, so that none is missed however short it is.</summary>
    /// <param name="name">Which one.</param>
    /// <param name="maxGrowth">What it may take, in bytes.</param>
    public void Begin(string name, long maxGrowth)
    {
        lock (_lock)
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            (_case, _started, _residentBefore, _maxGrowth) = (name, Stopwatch.GetTimestamp(), Status("VmHWM:"), maxGrowth);
            _computedBefore = Environment.CpuUsage.TotalTime;
        }
    }

    /// <summary>Ends a case.</summary>
    /// <returns>What it took at its peak, in bytes.</returns>
    public long End()
    {
        lock (_lock)
        {
            var computed = Environment.CpuUsage.TotalTime - _computedBefore;
            if (computed > Slowest)
            {
                (Slowest, SlowestCase) = (computed, _case);
            }

            var growth = Status("VmHWM:") - _residentBefore;
            if (growth > LargestGrowth)
            {
                (LargestGrowth, LargestCase) = (growth, _case);
            }

            _case = "";
            return growth;
        }
    }

    private void Watch()
    {
        lock (_lock)
        {
            while (true)
            {
                // Gives the lock away for this long.
                Monitor.Wait(_lock, TimeSpan.FromMilliseconds(20));
                var (computed, duration) = (Environment.CpuUsage.TotalTime - _computedBefore, Stopwatch.GetElapsedTime(_started));
                if (_case.Length > 0 && (computed > MaxComputed || duration > MaxDuration))
                {
                    Stop($"took {computed.TotalSeconds:0} s of the processor, {duration.TotalSeconds:0} s in all");
                }

                // A case that has ended is judged by its peak; here, one is stopped that would take the machine's memory.
                if (_case.Length > 0 && Status("VmRSS:") > _residentBefore + (2 * _maxGrowth))
                {
                    Stop($"took more than {_maxGrowth >> 19} MiB");
                }
            }
        }
    }

    private void Stop(string why)
    {
        Console.Error.WriteLine($"{_case}: {why}");
        Process.GetCurrentProcess().Kill();
    }

    private static long Status(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..^2].Trim(), System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }
}

using System.Diagnostics;

namespace Frat.Fuzz;

/// <summary>Ends the process when a case takes too long or too much memory: native code can't be stopped in another way.</summary>
internal sealed class Guard
{
    /// <summary>A hang, not slowness: no file takes a tenth of this.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(10);

    private readonly long _maxResident;
    private readonly object _lock = new();
    private string _case = "";
    private long _started;

    public Guard(long maxResident)
    {
        _maxResident = maxResident;
        new Thread(Watch) { IsBackground = true, Name = "guard" }.Start();
    }

    public TimeSpan Slowest { get; private set; }

    public string SlowestCase { get; private set; } = "";

    /// <summary>The most memory that the process has held, in bytes.</summary>
    public static long PeakResident => Status("VmHWM:");

    public void Begin(string name)
    {
        lock (_lock)
        {
            (_case, _started) = (name, Stopwatch.GetTimestamp());
        }
    }

    public void End()
    {
        lock (_lock)
        {
            var elapsed = Stopwatch.GetElapsedTime(_started);
            if (elapsed > Slowest)
            {
                (Slowest, SlowestCase) = (elapsed, _case);
            }

            _case = "";
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
                if (_case.Length > 0 && Stopwatch.GetElapsedTime(_started) > MaxDuration)
                {
                    Stop($"took more than {MaxDuration.TotalSeconds} s");
                }

                if (Status("VmRSS:") > _maxResident)
                {
                    Stop($"took the process above {_maxResident >> 20} MiB");
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

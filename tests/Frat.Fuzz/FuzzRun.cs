using System.Diagnostics;
using System.Text;

namespace Frat.Fuzz;

/// <summary>Runs a target over its bombs and over damaged files.</summary>
internal sealed class FuzzRun(string name, FuzzTarget target, int seed)
{
    private const int LargeFile = 8 << 20;

    // What is written here last is what a native crash happened in.
    private readonly string _journal = Environment.GetEnvironmentVariable("FRAT_FUZZ_JOURNAL") ?? Path.GetTempFileName();
    private readonly Guard _guard = new();
    private int _accepted;
    private int _refused;
    private int _findings;

    /// <returns>The process's exit code.</returns>
    public int Run(int first, int rounds, TimeSpan? duration)
    {
        var started = Stopwatch.GetTimestamp();
        using var journal = File.OpenHandle(_journal, FileMode.Create, FileAccess.Write);
        foreach (var file in target.Corpus)
        {
            if (!target.Accepts(file))
            {
                throw new InvalidOperationException($"{name}: a file of the corpus is refused.");
            }
        }

        if (first == 0)
        {
            foreach (var (bomb, file) in target.Bombs)
            {
                Try(journal, $"{name}: {bomb}", file);
            }
        }

        for (var i = first; i - first < rounds && (duration is null || Stopwatch.GetElapsedTime(started) < duration); i++)
        {
            Try(journal, $"{name}: --target {name} --seed {seed} --first {i} --rounds 1",
                new Mutation(target, unchecked((seed * 1_000_003) + i)).Make());
        }

        Console.WriteLine(
            $"{name}: {_accepted} accepted, {_refused} refused, {_findings} findings; seed {seed}; "
            + $"slowest {_guard.Slowest.TotalSeconds:0.00} s ({_guard.SlowestCase}); "
            + $"largest {_guard.LargestGrowth >> 20} MiB ({_guard.LargestCase})");
        return _findings == 0 ? 0 : 1;
    }

    private void Try(Microsoft.Win32.SafeHandles.SafeFileHandle journal, string what, byte[] file)
    {
        RandomAccess.Write(journal, Encoding.UTF8.GetBytes(what.PadRight(120)), 0);
        if (file.Length > LargeFile)
        {
            // The damaged copies of large files are the run's own garbage, and must not look like a reader's.
            GC.Collect();
        }

        _guard.Begin(what, target.MaxGrowth(file));
        var before = GC.GetTotalAllocatedBytes();
        try
        {
            if (target.Accepts(file))
            {
                _accepted++;
            }
            else
            {
                _refused++;
            }
        }
        catch (Exception exception)
        {
            _findings++;
            Console.Error.WriteLine($"{what}: {exception}");
        }

        var allocated = GC.GetTotalAllocatedBytes() - before;
        var growth = _guard.End();
        if (growth > target.MaxGrowth(file))
        {
            _findings++;
            Console.Error.WriteLine($"{what}: took {growth >> 20} MiB for a file of {file.Length} bytes");
        }

        if (allocated > target.MaxAllocated(file))
        {
            _findings++;
            Console.Error.WriteLine($"{what}: {allocated} bytes were allocated for a file of {file.Length}");
        }
    }
}

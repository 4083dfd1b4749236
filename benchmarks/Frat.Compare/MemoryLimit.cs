using System.Globalization;

namespace Frat.Compare;

/// <summary>A control group (version 1 or 2) whose processes together may have so much memory.</summary>
internal sealed class MemoryLimit : IDisposable
{
    private readonly string _group;
    private readonly string _peakFile;

    private MemoryLimit(string group, string limitFile, string swapFile, string peakFile, long bytes)
    {
        (_group, _peakFile) = (group, Path.Combine(group, peakFile));
        File.WriteAllText(Path.Combine(group, limitFile), bytes.ToString(CultureInfo.InvariantCulture));
        if (File.Exists(Path.Combine(group, swapFile)))
        {
            File.WriteAllText(Path.Combine(group, swapFile), limitFile == "memory.max" ? "0"
                : bytes.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The most that the group ever had, in bytes; files that the system keeps in memory for it are among them.</summary>
    public long Peak => long.Parse(File.ReadAllText(_peakFile), CultureInfo.InvariantCulture);

    /// <summary>What the group has now, in bytes, and what of it are the processes' own pages: the rest are files, which can go.</summary>
    public (long All, long Own) Current
    {
        get
        {
            var first = Path.Combine(_group, "memory.usage_in_bytes");
            var (all, own) = File.Exists(first) ? (first, "rss ") : (Path.Combine(_group, "memory.current"), "anon ");
            var line = File.ReadLines(Path.Combine(_group, "memory.stat")).First(line => line.StartsWith(own, StringComparison.Ordinal));
            return (
                long.Parse(File.ReadAllText(all), CultureInfo.InvariantCulture),
                long.Parse(line[own.Length..], CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Makes a group, where the system has them and lets this user.</summary>
    /// <param name="bytes">The limit.</param>
    /// <param name="reason">Why not.</param>
    public static MemoryLimit? TryCreate(long bytes, out string reason)
    {
        var name = $"frat-budget-{Environment.ProcessId}";
        var (first, second) = ("/sys/fs/cgroup/memory", "/sys/fs/cgroup");
        var root = File.Exists(Path.Combine(first, "memory.limit_in_bytes")) ? first : second;
        var group = Path.Combine(root, name);
        reason = "";
        try
        {
            if (root == second && !File.ReadAllText(Path.Combine(second, "cgroup.subtree_control"))
                .Contains("memory", StringComparison.Ordinal))
            {
                File.WriteAllText(Path.Combine(second, "cgroup.subtree_control"), "+memory");
            }

            Directory.CreateDirectory(group);
            return root == first
                ? new MemoryLimit(group, "memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.max_usage_in_bytes", bytes)
                : new MemoryLimit(group, "memory.max", "memory.swap.max", "memory.peak", bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reason = exception.Message;
            if (Directory.Exists(group))
            {
                Directory.Delete(group);
            }

            return null;
        }
    }

    /// <summary>
    /// What to start so that a program runs inside the group from its first instruction: a shell that joins, and becomes the program. .NET
    /// reads the limit when it starts, as in a container.
    /// </summary>
    public (string Program, string[] Arguments) Inside(string program, params string[] arguments) =>
        ("/bin/sh", ["-c", "echo $$ > \"$0\" && exec \"$@\"", Path.Combine(_group, "cgroup.procs"), program, .. arguments]);

    /// <summary>Forgets the peak, where the system can.</summary>
    public void Reset()
    {
        try
        {
            File.WriteAllText(_peakFile, "0");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An older kernel: the peak is that of all runs so far.
        }
    }

    public void Dispose() => Directory.Delete(_group);
}

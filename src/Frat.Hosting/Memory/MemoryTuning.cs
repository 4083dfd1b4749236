using System.Runtime.InteropServices;

namespace Frat.Hosting;

/// <summary>
/// What keeps a small machine's memory small, for all of the process: an application that has more, or settings of its own, leaves it
/// out. Thread-safe.
/// </summary>
public static partial class MemoryTuning
{
    private const int MmapThreshold = -3;
    private const int Large = 1 << 20;

    /// <summary>
    /// Lets blocks of 1 MiB and more that native code has freed, such as decoders of images, go back to the system at once. That is what
    /// glibc does at first; but once one was freed, it keeps those of its size, up to 32 MiB, in each of its heaps. Other C libraries don't
    /// have this: nothing happens there.
    /// </summary>
    public static void Apply() => OnGlibc(static () => _ = SetOption(MmapThreshold, Large));

    /// <summary>
    /// Gives what is free back to the system, of the managed heap, which is compacted, and of glibc's. To be called once models are loaded:
    /// that leaves more garbage behind than the models need themselves. Stops all threads for some tens of milliseconds.
    /// </summary>
    public static void Release()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        OnGlibc(static () => _ = Trim(0));
    }

    private static void OnGlibc(Action call)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            call();
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint padding);
}

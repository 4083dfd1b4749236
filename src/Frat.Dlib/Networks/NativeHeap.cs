using System.Runtime.InteropServices;

namespace Frat.Dlib;

/// <summary>What Linux does better with the memory of native code when it is told.</summary>
internal static partial class NativeHeap
{
    private const int MadviseHugePage = 14;

    /// <summary>Gives freed memory back to the system; glibc keeps it otherwise. Other C libraries don't need this, and don't have it.</summary>
    public static void Trim() => OnLinux(() => _ = MallocTrim(0));

    /// <summary>
    /// Asks for large pages. One face takes all weights of the encoder once, more than the processor's table of small pages reaches: it takes a
    /// tenth longer without.
    /// </summary>
    public static unsafe void PreferLargePages(void* first, nuint bytes) => OnLinux(() => _ = Madvise(first, bytes, MadviseHugePage));

    private static void OnLinux(Action call)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            call();
        }
        catch (EntryPointNotFoundException)
        {
            // Not glibc.
        }
        catch (DllNotFoundException)
        {
            // Not glibc.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static unsafe partial int Madvise(void* first, nuint bytes, int advice);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint padding);
}

using System.Runtime.InteropServices;

namespace Frat;

/// <summary>What glibc does with the memory of native decoders.</summary>
internal static partial class NativeHeap
{
    private const int MmapThreshold = -3;
    private const int Large = 1 << 20;

    /// <summary>
    /// Lets blocks of 1 MiB and more go back to the system as soon as they are freed, in all of the process. That is what glibc does at
    /// first; but once one was freed, it keeps those of its size, up to 32 MiB, in each of its heaps. Other C libraries don't have this.
    /// </summary>
    public static void GiveLargeBlocksBack()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MmapThreshold, Large);
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

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}

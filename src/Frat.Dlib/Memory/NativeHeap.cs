using System.Runtime.InteropServices;

namespace Frat.Dlib;

/// <summary>What Linux does better with the memory of native code when it is told.</summary>
internal static partial class NativeHeap
{
    private const int MadviseHugePage = 14;
    private const int ProtectReadWrite = 3;
    private const int MapPrivateAnonymous = 0x22;

    /// <summary>
    /// Asks for large pages. One face takes all weights of the encoder once, more than the processor's table of small pages reaches: it
    /// takes a tenth longer without.
    /// </summary>
    public static unsafe void PreferLargePages(void* first, nuint bytes) => OnLinux(() => _ = Madvise(first, bytes, MadviseHugePage));

    /// <summary>
    /// Takes pages from the system, which get back to it when they are freed: what lies in the C library's heap may stay there, between
    /// other things.
    /// </summary>
    /// <exception cref="InsufficientMemoryException">There is no such room.</exception>
    public static unsafe void* TakePages(nuint bytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return NativeMemory.Alloc(bytes);
        }

        var pages = MemoryMap(null, bytes, ProtectReadWrite, MapPrivateAnonymous, descriptor: -1, offset: 0);
        return (nint)pages == -1 ? throw new InsufficientMemoryException() : pages;
    }

    /// <summary>Gives back what <see cref="TakePages"/> gave.</summary>
    public static unsafe void GiveBack(void* pages, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = MemoryUnmap(pages, bytes);
        }
        else
        {
            NativeMemory.Clear(pages, bytes);
            NativeMemory.Free(pages);
        }
    }

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

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static unsafe partial void* MemoryMap(void* address, nuint bytes, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static unsafe partial int MemoryUnmap(void* address, nuint bytes);
}

using System.Runtime.InteropServices;

namespace Frat.Dlib;

/// <summary>The C library's heap, which ONNX Runtime allocates from.</summary>
internal static partial class NativeHeap
{
    /// <summary>
    /// Gives freed memory back to the system. While a session is created, its weights are copied several times; glibc keeps
    /// the memory of those copies (some 40 MB of the 512 MB that a small host has) unless it is told. Other C libraries don't
    /// need this, and don't have it.
    /// </summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = MallocTrim(0);
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

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint padding);
}

using System.Runtime.InteropServices;

namespace Frat.Dlib;

/// <summary>
/// Numbers outside of the managed heap, aligned for vectors, zero at first. They may show a person: they are cleared before they go.
/// </summary>
internal sealed unsafe class NativeFloats : IDisposable
{
    private const int Alignment = 64;

    // From here on, room is laid out in the processor's large pages where the system has them.
    private const int LargePage = 2 * 1024 * 1024;
    private const int LargeLength = LargePage / 2 / sizeof(float);

    private float* _first;

    /// <exception cref="OutOfMemoryException">There is no such room.</exception>
    public NativeFloats(long length)
    {
        Length = length;
        var isLarge = length >= LargeLength;
        var bytes = checked((nuint)Math.Max(length, 1) * sizeof(float));
        _first = (float*)NativeMemory.AlignedAlloc(bytes, (nuint)(isLarge ? LargePage : Alignment));
        if (isLarge)
        {
            NativeHeap.PreferLargePages(_first, bytes);
        }

        Clear();
    }

    ~NativeFloats() => Free();

    public long Length { get; }

    public float* First
    {
        get
        {
            ObjectDisposedException.ThrowIf(_first is null, this);
            return _first;
        }
    }

    public void Clear() => NativeMemory.Clear(_first, (nuint)Length * sizeof(float));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_first is not null)
        {
            Clear();
            NativeMemory.AlignedFree(_first);
            _first = null;
        }
    }
}

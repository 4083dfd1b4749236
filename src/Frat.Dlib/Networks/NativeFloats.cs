using System.Runtime.InteropServices;

namespace Frat.Dlib;

/// <summary>Numbers outside of the managed heap, aligned for vectors, zero at first. They may show a person: they are cleared before they go.</summary>
internal sealed unsafe class NativeFloats : IDisposable
{
    private const int Alignment = 64;

    private float* _first;

    /// <exception cref="OutOfMemoryException">There is no such room.</exception>
    public NativeFloats(long length)
    {
        Length = length;
        _first = (float*)NativeMemory.AlignedAlloc(checked((nuint)Math.Max(length, 1) * sizeof(float)), Alignment);
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

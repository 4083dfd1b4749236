using System.Buffers;

namespace Frat.Dlib;

/// <summary>An array from the shared pool, given back when it is disposed. Its content is what the last user left.</summary>
internal readonly struct PooledArray<T> : IDisposable
    where T : unmanaged
{
    private readonly bool _clear;

    /// <summary>Rents an array of at least <paramref name="length"/> elements.</summary>
    /// <param name="length">The elements needed.</param>
    /// <param name="clear">Whether to clear it before it goes back, because it shows a person.</param>
    /// <exception cref="ArgumentOutOfRangeException">More elements than an array can hold.</exception>
    public PooledArray(long length, bool clear = false)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, System.Array.MaxLength);
        _clear = clear;
        Array = ArrayPool<T>.Shared.Rent((int)length);
    }

    /// <summary>The array; it may be longer than asked for.</summary>
    public T[] Array { get; }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<T>.Shared.Return(Array, _clear);
}

using System.Runtime.InteropServices;

namespace Frat;

/// <summary>
/// Some rows of the gallery, with their codes and whose they are. One thread fills it; once published, nobody changes it, but for the one
/// who clears it when nobody reads it any more.
/// </summary>
/// <remarks>
/// All arrays of numbers are pinned: the garbage collector makes no copies of them that nobody could clear. A block is small, so that the
/// change of a person copies little: 80 KB at 128 dimensions.
/// </remarks>
internal sealed class RowBlock
{
    public const int Rows = 128;

    /// <summary>How many rows lie side by side: see <see cref="CodeScan"/>.</summary>
    public const int Lanes = 16;

    private readonly RowCoder _coder;
    private readonly float[] _values;
    private readonly byte[] _codes;
    private readonly float[] _norms = GC.AllocateArray<float>(Rows, pinned: true);
    private readonly float[] _scales = GC.AllocateArray<float>(Rows, pinned: true);
    private readonly float[] _errors = new float[Rows];
    private readonly Person?[] _owners = new Person?[Rows];

    public RowBlock(RowCoder coder)
    {
        _coder = coder;
        _values = GC.AllocateArray<float>(Rows * coder.Dimension, pinned: true);
        _codes = GC.AllocateArray<byte>(Rows * coder.Groups * 4, pinned: true);
    }

    public int Count { get; private set; }

    /// <summary>The largest error of a row's code.</summary>
    public float MaxError { get; private set; }

    /// <summary>The largest squared length of what a row's code stands for.</summary>
    public float MaxNorm { get; private set; }

    /// <summary>Whether readers may have it.</summary>
    public bool IsPublished { get; set; }

    public unsafe byte* Codes => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_codes, 0);

    public unsafe float* Norms => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_norms, 0);

    public unsafe float* Scales => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_scales, 0);

    public Person Owner(int row) => _owners[row]!;

    public ReadOnlySpan<float> Values(int row) => _values.AsSpan(row * _coder.Dimension, _coder.Dimension);

    public ReadOnlyMemory<float> Memory(int row) => _values.AsMemory(row * _coder.Dimension, _coder.Dimension);

    /// <summary>Puts a row behind the last one, or in the place of another.</summary>
    public void Set(int row, Person owner, ReadOnlySpan<float> values)
    {
        values.CopyTo(_values.AsSpan(row * _coder.Dimension));
        Span<byte> bytes = stackalloc byte[256];
        bytes = _coder.Dimension <= bytes.Length ? bytes[.._coder.Dimension] : new byte[_coder.Dimension];
        var code = _coder.MakeRow(values, bytes);
        SetCode(row, bytes);
        bytes.Clear();
        (_norms[row], _scales[row], _errors[row], _owners[row]) = (code.Norm, code.Scale, code.Error, owner);
        Count = Math.Max(Count, row + 1);
        MaxError = Math.Max(MaxError, code.Error);
        MaxNorm = Math.Max(MaxNorm, code.Norm);
    }

    /// <summary>Takes the last row away, and its numbers out of memory.</summary>
    public void RemoveLast()
    {
        Count--;
        _values.AsSpan(Count * _coder.Dimension, _coder.Dimension).Clear();
        Span<byte> zeros = stackalloc byte[256];
        zeros = _coder.Dimension <= zeros.Length ? zeros[.._coder.Dimension] : new byte[_coder.Dimension];
        zeros.Clear();
        SetCode(Count, zeros);
        (_norms[Count], _scales[Count], _errors[Count], _owners[Count]) = (0, 0, 0, null);
        MaxError = MaxOf(_errors);
        MaxNorm = MaxOf(_norms);
    }

    /// <summary>Makes an empty block equal to another.</summary>
    public void CopyFrom(RowBlock other)
    {
        other._values.CopyTo(_values, 0);
        other._codes.CopyTo(_codes, 0);
        other._norms.CopyTo(_norms, 0);
        other._scales.CopyTo(_scales, 0);
        other._errors.CopyTo(_errors, 0);
        other._owners.CopyTo(_owners, 0);
        (Count, MaxError, MaxNorm) = (other.Count, other.MaxError, other.MaxNorm);
    }

    /// <summary>Takes all numbers out of memory, so that the block can be used again.</summary>
    public void Clear()
    {
        Array.Clear(_values);
        Array.Clear(_codes);
        Array.Clear(_norms);
        Array.Clear(_scales);
        Array.Clear(_errors);
        Array.Clear(_owners);
        (Count, MaxError, MaxNorm, IsPublished) = (0, 0, 0, false);
    }

    // A loop: an overflow must not get lost, nor what is no number become a maximum.
    private static float MaxOf(float[] values)
    {
        var largest = 0f;
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }

    private void SetCode(int row, ReadOnlySpan<byte> bytes)
    {
        var lane = (row / Lanes * _coder.Groups * Lanes * 4) + (row % Lanes * 4);
        for (var i = 0; i < bytes.Length; i++)
        {
            _codes[lane + (i / 4 * Lanes * 4) + (i % 4)] = bytes[i];
        }
    }
}

using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Frat;

/// <summary>
/// A face as a point in an encoder's space: faces of one person lie near each other. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// An encoding is biometric data. It is never logged: <see cref="ToString"/> tells the encoder and the dimension only.
/// Encodings of different encoders can't be compared.
/// </remarks>
public sealed class FaceEncoding : IEquatable<FaceEncoding>
{
    private readonly float[] _values;

    /// <summary>Creates an encoding from a copy of <paramref name="values"/>.</summary>
    /// <param name="encoderId">The <see cref="FaceEncoderInfo.Id"/> of the encoder that made it.</param>
    /// <param name="values">The coordinates; dlib's have 128.</param>
    /// <exception cref="ArgumentException">The id is empty, there are no values, or one of them is not a finite number.</exception>
    public FaceEncoding(string encoderId, ReadOnlySpan<float> values)
        : this(encoderId, values.ToArray())
    {
    }

    private FaceEncoding(string encoderId, float[] values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(encoderId);
        if (values.Length == 0)
        {
            throw new ArgumentException("An encoding has at least one value.", nameof(values));
        }

        if (!TensorPrimitives.IsFiniteAll<float>(values))
        {
            throw new ArgumentException("Every value of an encoding is a finite number.", nameof(values));
        }

        EncoderId = encoderId;
        _values = values;
    }

    /// <summary>The encoder that made it; only encodings with the same id can be compared.</summary>
    public string EncoderId { get; }

    /// <summary>How many values there are.</summary>
    public int Dimension => _values.Length;

    /// <summary>The values.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Reads the form that <see cref="ToBytes"/> writes: float32, little-endian.</summary>
    /// <param name="encoderId">The encoder that made it.</param>
    /// <param name="bytes">4 bytes a value.</param>
    /// <returns>The encoding.</returns>
    /// <exception cref="ArgumentException">The length is 0 or no multiple of 4, or a value is not finite.</exception>
    public static FaceEncoding FromBytes(string encoderId, ReadOnlySpan<byte> bytes)
    {
        var values = new float[Count(bytes, sizeof(float))];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return new FaceEncoding(encoderId, values);
    }

    /// <summary>
    /// Reads what numpy-based applications store (<c>encoding.tobytes()</c> of face_recognition): float64, little-endian.
    /// </summary>
    /// <param name="encoderId">The encoder that made it.</param>
    /// <param name="bytes">8 bytes a value; 1 024 bytes for dlib's 128.</param>
    /// <returns>The encoding, rounded to float32: dlib computes in float32, so nothing is lost.</returns>
    /// <exception cref="ArgumentException">The length is 0 or no multiple of 8, or a value is not finite.</exception>
    public static FaceEncoding FromFloat64Bytes(string encoderId, ReadOnlySpan<byte> bytes)
    {
        var values = new float[Count(bytes, sizeof(double))];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
        }

        return new FaceEncoding(encoderId, values);
    }

    /// <summary>The values as float32, little-endian, 4 bytes each, whatever the machine.</summary>
    /// <returns>A new array; the caller owns it.</returns>
    public byte[] ToBytes()
    {
        var bytes = new byte[_values.Length * sizeof(float)];
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes<float>(_values).CopyTo(bytes);
            return bytes;
        }

        for (var i = 0; i < _values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), _values[i]);
        }

        return bytes;
    }

    /// <summary>The Euclidean (L2) distance, which dlib's encodings are compared by: below 0.6 it is likely the same person.</summary>
    /// <param name="other">An encoding of the same encoder.</param>
    /// <returns>0 for equal encodings; about 1.4 at most for dlib's.</returns>
    /// <exception cref="ArgumentException"><paramref name="other"/> was made by another encoder.</exception>
    public float EuclideanDistance(FaceEncoding other) => TensorPrimitives.Distance<float>(_values, Comparable(other));

    /// <summary>The cosine distance, 1 − cos of the angle between the two, which ArcFace-like encodings are compared by.</summary>
    /// <param name="other">An encoding of the same encoder.</param>
    /// <returns>From 0 (same direction) to 2 (opposite).</returns>
    /// <exception cref="ArgumentException"><paramref name="other"/> was made by another encoder.</exception>
    public float CosineDistance(FaceEncoding other) => 1 - TensorPrimitives.CosineSimilarity<float>(_values, Comparable(other));

    /// <summary>Same encoder and the same values to the bit.</summary>
    /// <inheritdoc/>
    public bool Equals(FaceEncoding? other) =>
        other is not null && EncoderId == other.EncoderId
            && MemoryMarshal.AsBytes<float>(_values).SequenceEqual(MemoryMarshal.AsBytes<float>(other._values));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FaceEncoding);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(EncoderId);
        hash.AddBytes(MemoryMarshal.AsBytes<float>(_values));
        return hash.ToHashCode();
    }

    /// <summary>The encoder and the dimension; never the values.</summary>
    /// <returns>For example <c>dlib-resnet-v1[128]</c>.</returns>
    public override string ToString() => $"{EncoderId}[{Dimension}]";

    private static int Count(ReadOnlySpan<byte> bytes, int size) =>
        bytes.Length > 0 && bytes.Length % size == 0
            ? bytes.Length / size
            : throw new ArgumentException(
                $"An encoding has {size} bytes for each value; {bytes.Length} bytes can't be one.", nameof(bytes));

    private float[] Comparable(FaceEncoding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.EncoderId == EncoderId && other.Dimension == Dimension
            ? other._values
            : throw new ArgumentException($"{this} can't be compared with {other}.", nameof(other));
    }
}

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Frat;

/// <summary>How the numbers of an encoder are compared, exactly and by codes of 8 bits.</summary>
/// <remarks>
/// A code is a vector of whole numbers and a scale: it stands for the point scale × numbers, whose distance from what it was made of, its
/// error, is measured. By the triangle inequality a row is no nearer to a probe than their codes are, less the errors of both. So whoever
/// compares codes first, and exactly where that bound isn't beyond the nearest found, finds what comparing all would find.
/// In the cosine's metric codes are made of vectors of length 1, of which half the squared distance is the metric's.
/// </remarks>
internal sealed class RowCoder(int dimension, DistanceMetric metric)
{
    public const int Bias = 128;
    private const int MostOfRow = 127;

    // Distances are computed in float32, in whatever order the processor's vectors suggest; smaller differences than this are its rounding.
    private const double Rounding = 1e-4;
    private const double SmallestSquare = 1e-15;
    private const double CosineRounding = 1e-5;
    private const double SmallestLength = 1e-12;
    private const double LargestLength = 1e12;

    public int Dimension { get; } = dimension;

    public DistanceMetric Metric { get; } = metric;

    /// <summary>How many groups of four numbers a code has; the last is filled up with zeros.</summary>
    public int Groups { get; } = (dimension + 3) / 4;

    /// <summary>The distance in the encoder's metric, as <see cref="FaceEncoderInfo.Distance"/> gives it.</summary>
    public float Distance(ReadOnlySpan<float> first, ReadOnlySpan<float> second) => Metric == DistanceMetric.Euclidean
        ? TensorPrimitives.Distance(first, second)
        : 1 - TensorPrimitives.CosineSimilarity(first, second);

    /// <summary>
    /// The largest distance of two points whose distance in the encoder's metric, as float32 has it, may be the given one.
    /// </summary>
    public double Reach(float distance) => Metric == DistanceMetric.Euclidean
        ? (distance * (1 + Rounding)) + SmallestSquare
        : Math.Sqrt(2 * (Math.Max(distance, 0) + CosineRounding));

    /// <summary>
    /// What rows are put in order by before <see cref="Distance"/> is asked: quick from the first call on, which that of a library isn't
    /// until .NET has compiled it again. The squared distance, or the cosine's.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Key(ReadOnlySpan<float> probe, ReadOnlySpan<float> row)
    {
        ref var one = ref MemoryMarshal.GetReference(probe);
        ref var other = ref MemoryMarshal.GetReference(row);
        var (first, second, third) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var i = 0;
        if (Metric == DistanceMetric.Euclidean)
        {
            for (; i <= Dimension - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var difference = Vector256.LoadUnsafe(ref one, (nuint)i) - Vector256.LoadUnsafe(ref other, (nuint)i);
                first += difference * difference;
            }

            var squares = Vector256.Sum(first);
            for (; i < Dimension; i++)
            {
                squares += (probe[i] - row[i]) * (probe[i] - row[i]);
            }

            return squares;
        }

        for (; i <= Dimension - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var (left, right) = (Vector256.LoadUnsafe(ref one, (nuint)i), Vector256.LoadUnsafe(ref other, (nuint)i));
            first += left * right;
            second += left * left;
            third += right * right;
        }

        var (dot, lengths, others) = (Vector256.Sum(first), Vector256.Sum(second), Vector256.Sum(third));
        for (; i < Dimension; i++)
        {
            dot += probe[i] * row[i];
            lengths += probe[i] * probe[i];
            others += row[i] * row[i];
        }

        // Where float32 can't square the numbers, only the metric itself can tell.
        const float least = (float)(SmallestLength * SmallestLength);
        const float most = (float)(LargestLength * LargestLength);
        return lengths is > least and < most && others is > least and < most
            ? 1 - (dot / MathF.Sqrt(lengths) / MathF.Sqrt(others))
            : float.NegativeInfinity;
    }

    /// <summary>The distance of which <see cref="Key"/> gave the key; where it couldn't tell, none.</summary>
    public float OfKey(float key) => Metric == DistanceMetric.Euclidean ? MathF.Sqrt(key) : Math.Max(key, 0);

    /// <summary>Beyond which <see cref="Key"/> a row is surely farther than a distance.</summary>
    public float KeyLimit(float distance) => Metric == DistanceMetric.Euclidean
        ? (float)(Reach(distance) * Reach(distance))
        : (float)(distance + CosineRounding);

    /// <summary>Makes the code of a row.</summary>
    /// <param name="values">The row.</param>
    /// <param name="codes">Takes a byte for each number: what <see cref="Bias"/> makes positive.</param>
    public Code MakeRow(ReadOnlySpan<float> values, Span<byte> codes)
    {
        var length = LengthOf(values);
        var code = Make(values, length, MostOfRow);
        var scale = code.Scale;
        for (var i = 0; i < values.Length; i++)
        {
            codes[i] = (byte)(Round(values[i], length, scale, MostOfRow) + Bias);
        }

        return code;
    }

    /// <summary>Makes the code of a probe.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ProbeCode MakeProbe(ReadOnlySpan<float> values)
    {
        var length = LengthOf(values);
        var code = Make(values, length, ProbeCode.Most);
        var scale = code.Scale;
        var numbers = new sbyte[Groups * 4];
        var sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            numbers[i] = (sbyte)Round(values[i], length, scale, ProbeCode.Most);
            sum += numbers[i];
        }

        return new ProbeCode(code, numbers, sum * Bias);
    }

    // 1 where lengths count.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double LengthOf(ReadOnlySpan<float> values)
    {
        if (Metric == DistanceMetric.Euclidean)
        {
            return 1;
        }

        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (double)value * value;
        }

        return squares == 0 ? 1 : Math.Sqrt(squares);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Code Make(ReadOnlySpan<float> values, double length, int most)
    {
        var scale = (float)(Math.Abs((double)TensorPrimitives.MaxMagnitude(values)) / length / most);
        double norm = 0, error = 0;
        foreach (var value in values)
        {
            var stands = (double)scale * Round(value, length, scale, most);
            var missing = (value / length) - stands;
            norm += stands * stands;
            error += missing * missing;
        }

        // Where float32 can't square the numbers, the cosine is what the rounding makes of it: then no bound holds, and all is compared.
        var isSure = Metric == DistanceMetric.Euclidean || length is > SmallestLength and < LargestLength;
        return new Code(scale, (float)norm, isSure ? MathF.BitIncrement((float)Math.Sqrt(error)) : float.PositiveInfinity);
    }

    private static int Round(float value, double length, float scale, int most) =>
        scale == 0 ? 0 : (int)Math.Clamp(Math.Round(value / length / scale), -most, most);
}

/// <summary>What belongs to the numbers of a code.</summary>
/// <param name="Scale">What one step stands for.</param>
/// <param name="Norm">The squared length of the point that it stands for.</param>
/// <param name="Error">How far that is, at most, from what it was made of.</param>
internal readonly record struct Code(float Scale, float Norm, float Error);

/// <summary>The code of a probe: four numbers of 8 bits at a time.</summary>
/// <param name="Code">What belongs to the numbers.</param>
/// <param name="Numbers">The numbers, filled up to whole groups.</param>
/// <param name="Bias">What every dot product with a row's code has too much.</param>
internal sealed record ProbeCode(Code Code, sbyte[] Numbers, int Bias)
{
    /// <summary>Two products with a row's code, at most 255, fit into 16 bits.</summary>
    public const int Most = 64;
}

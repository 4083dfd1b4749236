using System.Numerics;

namespace Frat.Dlib;

/// <summary>Turns whole numbers into float, a vector at a time: TensorPrimitives does these kinds one by one.</summary>
internal static class RowConversion
{
    /// <summary>Converts bytes.</summary>
    /// <param name="source">The numbers.</param>
    /// <param name="result">As many places.</param>
    public static void ToSingle(ReadOnlySpan<byte> source, Span<float> result)
    {
        result = result[..source.Length];
        var i = 0;
        for (; i + Vector<byte>.Count <= source.Length; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(source[i..]), out var lower, out var upper);
            Store(lower, result[i..]);
            Store(upper, result[(i + Vector<ushort>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            result[i] = source[i];
        }
    }

    /// <summary>Converts numbers of 16 bits.</summary>
    /// <param name="source">The numbers.</param>
    /// <param name="result">As many places.</param>
    public static void ToSingle(ReadOnlySpan<ushort> source, Span<float> result)
    {
        result = result[..source.Length];
        var i = 0;
        for (; i + Vector<ushort>.Count <= source.Length; i += Vector<ushort>.Count)
        {
            Store(new Vector<ushort>(source[i..]), result[i..]);
        }

        for (; i < source.Length; i++)
        {
            result[i] = source[i];
        }
    }

    private static void Store(Vector<ushort> values, Span<float> result)
    {
        Vector.Widen(values, out var lower, out var upper);
        Vector.ConvertToSingle(Vector.AsVectorInt32(lower)).CopyTo(result);
        Vector.ConvertToSingle(Vector.AsVectorInt32(upper)).CopyTo(result[Vector<float>.Count..]);
    }
}

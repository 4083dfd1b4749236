using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Frat.Dlib;

/// <summary>The two passes of separable filters, over tiles whose sums stay in registers.</summary>
internal static class FilterPasses
{
    /// <summary>Columns of a tile: row lengths are multiples of it.</summary>
    public const int TileColumns = 16;

    /// <summary>Rows of a tile of the second pass: its number of rows is a multiple of it.</summary>
    public const int TileRows = 4;

    private const int Taps = FhogFilters.Taps;
    private const int Lane = 8;

    /// <summary>Runs a group's row taps over rows of its plane.</summary>
    /// <param name="input">The plane's first row.</param>
    /// <param name="inputStride">Floats from an input row to the next, at least <paramref name="columns"/> + 16.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">Columns of the result, a multiple of <see cref="TileColumns"/>.</param>
    /// <param name="group">The filters.</param>
    /// <param name="result">For each filter, <paramref name="rows"/> × <paramref name="columns"/> values.</param>
    public static void Rows(ReadOnlySpan<float> input, int inputStride, int rows, int columns, FhogFilters.Group group, Span<float> result)
    {
        ref var from = ref MemoryMarshal.GetReference(input);
        ref var to = ref MemoryMarshal.GetReference(result);
        ref var taps = ref MemoryMarshal.GetArrayDataReference(group.Rows);
        var size = rows * columns;
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x += TileColumns)
            {
                RowTile(ref Unsafe.Add(ref from, (y * inputStride) + x), ref taps, ref Unsafe.Add(ref to, (y * columns) + x), size);
            }
        }
    }

    /// <summary>
    /// Runs the column taps of filters of one detector over what <see cref="Rows"/> gave, and adds all to the detector's answer.
    /// </summary>
    /// <param name="input">For each filter, (<paramref name="rows"/> + 9) × <paramref name="columns"/> values.</param>
    /// <param name="rows">Rows of the answer, a multiple of <see cref="TileRows"/>.</param>
    /// <param name="columns">Columns of both, a multiple of <see cref="TileColumns"/>.</param>
    /// <param name="taps">The column taps of each filter.</param>
    /// <param name="answer">The detector's answer so far.</param>
    public static void Columns(ReadOnlySpan<float> input, int rows, int columns, ReadOnlySpan<float> taps, Span<float> answer)
    {
        ref var from = ref MemoryMarshal.GetReference(input);
        ref var to = ref MemoryMarshal.GetReference(answer);
        ref var firstTap = ref MemoryMarshal.GetReference(taps);
        var filters = taps.Length / Taps;
        var size = (rows + Taps - 1) * columns;
        for (var y = 0; y < rows; y += TileRows)
        {
            for (var x = 0; x < columns; x += TileColumns)
            {
                var offset = (y * columns) + x;
                ColumnTile(ref Unsafe.Add(ref from, offset), size, filters, ref firstTap, columns, ref Unsafe.Add(ref to, offset));
            }
        }
    }

    private static void RowTile(ref float input, ref float taps, ref float result, int size)
    {
        var a0 = Vector256<float>.Zero;
        var a1 = Vector256<float>.Zero;
        var b0 = Vector256<float>.Zero;
        var b1 = Vector256<float>.Zero;
        var c0 = Vector256<float>.Zero;
        var c1 = Vector256<float>.Zero;
        var d0 = Vector256<float>.Zero;
        var d1 = Vector256<float>.Zero;
        for (var i = 0; i < Taps; i++)
        {
            var v0 = Vector256.LoadUnsafe(ref input);
            var v1 = Vector256.LoadUnsafe(ref input, Lane);
            var a = Vector256.Create(taps);
            a0 = Vector256.MultiplyAddEstimate(v0, a, a0);
            a1 = Vector256.MultiplyAddEstimate(v1, a, a1);
            var b = Vector256.Create(Unsafe.Add(ref taps, 1));
            b0 = Vector256.MultiplyAddEstimate(v0, b, b0);
            b1 = Vector256.MultiplyAddEstimate(v1, b, b1);
            var c = Vector256.Create(Unsafe.Add(ref taps, 2));
            c0 = Vector256.MultiplyAddEstimate(v0, c, c0);
            c1 = Vector256.MultiplyAddEstimate(v1, c, c1);
            var d = Vector256.Create(Unsafe.Add(ref taps, 3));
            d0 = Vector256.MultiplyAddEstimate(v0, d, d0);
            d1 = Vector256.MultiplyAddEstimate(v1, d, d1);
            input = ref Unsafe.Add(ref input, 1);
            taps = ref Unsafe.Add(ref taps, FhogFilters.GroupSize);
        }

        Store(a0, a1, ref result);
        Store(b0, b1, ref Unsafe.Add(ref result, size));
        Store(c0, c1, ref Unsafe.Add(ref result, 2 * size));
        Store(d0, d1, ref Unsafe.Add(ref result, 3 * size));
    }

    // Each row of the input is loaded once and goes into all four rows of the tile that it touches.
    private static void ColumnTile(ref float input, int size, int filters, ref float taps, int stride, ref float answer)
    {
        var a0 = Vector256.LoadUnsafe(ref answer);
        var a1 = Vector256.LoadUnsafe(ref answer, Lane);
        var b0 = Vector256.LoadUnsafe(ref answer, (nuint)stride);
        var b1 = Vector256.LoadUnsafe(ref answer, (nuint)(stride + Lane));
        var c0 = Vector256.LoadUnsafe(ref answer, (nuint)(2 * stride));
        var c1 = Vector256.LoadUnsafe(ref answer, (nuint)((2 * stride) + Lane));
        var d0 = Vector256.LoadUnsafe(ref answer, (nuint)(3 * stride));
        var d1 = Vector256.LoadUnsafe(ref answer, (nuint)((3 * stride) + Lane));
        for (var filter = 0; filter < filters; filter++)
        {
            ref var row = ref input;
            Add(ref row, ref taps, 0, ref a0, ref a1);
            row = ref Unsafe.Add(ref row, stride);
            Add(ref row, ref taps, 1, ref a0, ref a1);
            Add(ref row, ref taps, 0, ref b0, ref b1);
            row = ref Unsafe.Add(ref row, stride);
            Add(ref row, ref taps, 2, ref a0, ref a1);
            Add(ref row, ref taps, 1, ref b0, ref b1);
            Add(ref row, ref taps, 0, ref c0, ref c1);
            for (var tap = TileRows - 1; tap < Taps; tap++)
            {
                row = ref Unsafe.Add(ref row, stride);
                Add(ref row, ref taps, tap, ref a0, ref a1);
                Add(ref row, ref taps, tap - 1, ref b0, ref b1);
                Add(ref row, ref taps, tap - 2, ref c0, ref c1);
                Add(ref row, ref taps, tap - 3, ref d0, ref d1);
            }

            row = ref Unsafe.Add(ref row, stride);
            Add(ref row, ref taps, Taps - 1, ref b0, ref b1);
            Add(ref row, ref taps, Taps - 2, ref c0, ref c1);
            Add(ref row, ref taps, Taps - 3, ref d0, ref d1);
            row = ref Unsafe.Add(ref row, stride);
            Add(ref row, ref taps, Taps - 1, ref c0, ref c1);
            Add(ref row, ref taps, Taps - 2, ref d0, ref d1);
            row = ref Unsafe.Add(ref row, stride);
            Add(ref row, ref taps, Taps - 1, ref d0, ref d1);
            taps = ref Unsafe.Add(ref taps, Taps);
            input = ref Unsafe.Add(ref input, size);
        }

        Store(a0, a1, ref answer);
        Store(b0, b1, ref Unsafe.Add(ref answer, stride));
        Store(c0, c1, ref Unsafe.Add(ref answer, 2 * stride));
        Store(d0, d1, ref Unsafe.Add(ref answer, 3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref float row, ref float taps, int tap, ref Vector256<float> sum0, ref Vector256<float> sum1)
    {
        var factor = Vector256.Create(Unsafe.Add(ref taps, tap));
        sum0 = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref row), factor, sum0);
        sum1 = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref row, Lane), factor, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> first, Vector256<float> second, ref float result)
    {
        first.StoreUnsafe(ref result);
        second.StoreUnsafe(ref result, Lane);
    }
}

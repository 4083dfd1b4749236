using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Frat;

/// <summary>
/// The first pass over the rows of a <see cref="RowBlock"/>: dot products of their codes with a probe's, in whole numbers, so that every
/// way gives the same to the bit.
/// </summary>
/// <remarks>
/// Codes lie by <see cref="RowBlock.Lanes"/> rows: four bytes of the first row, four of the second and so on, then the next four of each.
/// So a vector holds the same four dimensions of several rows, its sums need no adding across lanes, and memory is read from end to end.
/// A row's code is unsigned (0 to 255), a probe's signed and at most <see cref="ProbeCode.Most"/>: two products fit into 16 bits.
/// AggressiveOptimization: the first search of a process is as fast as the thousandth.
/// </remarks>
internal static unsafe class CodeScan
{
    private const int Group = 4;
    private const int Stride = RowBlock.Lanes * Group;

    /// <summary>The widest way of this processor.</summary>
    public static void Dots(byte* codes, int groups, int* probe, int* dots)
    {
        if (Avx512BW.IsSupported)
        {
            Dots512(codes, groups, probe, dots);
        }
        else if (Avx2.IsSupported)
        {
            Dots256(codes, groups, probe, dots);
        }
        else
        {
            Dots128(codes, groups, probe, dots);
        }
    }

    /// <summary>What the others are held to.</summary>
    public static void DotsOneByOne(byte* codes, int groups, int* probe, int* dots)
    {
        for (var row = 0; row < RowBlock.Rows; row++)
        {
            var lanes = codes + (row / RowBlock.Lanes * groups * Stride) + (row % RowBlock.Lanes * Group);
            var sum = 0;
            for (var i = 0; i < groups * Group; i++)
            {
                sum += lanes[(i / Group * Stride) + (i % Group)] * ((sbyte*)probe)[i];
            }

            dots[row] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dots512(byte* codes, int groups, int* probe, int* dots)
    {
        var ones = Vector512.Create((short)1);
        for (var row = 0; row < RowBlock.Rows; row += 2 * RowBlock.Lanes)
        {
            var (first, second) = (Vector512<int>.Zero, Vector512<int>.Zero);
            var other = codes + (groups * Stride);
            for (var group = 0; group < groups; group++)
            {
                var four = Vector512.Create(probe[group]).AsSByte();
                first += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.Load(codes), four), ones);
                second += Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(Vector512.Load(other), four), ones);
                codes += Stride;
                other += Stride;
            }

            first.Store(dots + row);
            second.Store(dots + row + RowBlock.Lanes);
            codes = other;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dots256(byte* codes, int groups, int* probe, int* dots)
    {
        const int half = RowBlock.Lanes / 2;
        var ones = Vector256.Create((short)1);
        for (var row = 0; row < RowBlock.Rows; row += RowBlock.Lanes)
        {
            var (first, second) = (Vector256<int>.Zero, Vector256<int>.Zero);
            for (var group = 0; group < groups; group++)
            {
                var four = Vector256.Create(probe[group]).AsSByte();
                first += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(Vector256.Load(codes), four), ones);
                second += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(Vector256.Load(codes + (half * Group)), four), ones);
                codes += Stride;
            }

            first.Store(dots + row);
            second.Store(dots + row + half);
        }
    }

    /// <summary>For processors with vectors of 128 bits, such as Arm's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dots128(byte* codes, int groups, int* probe, int* dots)
    {
        const int quarter = RowBlock.Lanes / 4;
        for (var row = 0; row < RowBlock.Rows; row += quarter)
        {
            // Four rows: two sums for each, of the first two and of the last two of four.
            var lanes = codes + (row / RowBlock.Lanes * groups * Stride) + (row % RowBlock.Lanes * Group);
            var (low, high) = (Vector128<int>.Zero, Vector128<int>.Zero);
            for (var group = 0; group < groups; group++)
            {
                var four = Vector128.WidenLower(Vector128.Create(probe[group]).AsSByte());
                var (first, second) = Vector128.Widen(Vector128.Load(lanes + (group * Stride)));
                low += AddPairs(first.AsInt16() * four);
                high += AddPairs(second.AsInt16() * four);
            }

            for (var i = 0; i < 2; i++)
            {
                dots[row + i] = low[2 * i] + low[(2 * i) + 1];
                dots[row + 2 + i] = high[2 * i] + high[(2 * i) + 1];
            }
        }

        static Vector128<int> AddPairs(Vector128<short> products) =>
            Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(products.AsInt32(), 16), 16)
                + Vector128.ShiftRightArithmetic(products.AsInt32(), 16);
    }

    /// <summary>Which of 32 rows may be as near as a limit: all that aren't surely farther.</summary>
    /// <param name="dots">What a scan gave.</param>
    /// <param name="norms">The squared lengths of the rows' codes.</param>
    /// <param name="scales">What one step of a row's code stands for.</param>
    /// <param name="bias">What every dot product has too much, since a row's code is unsigned.</param>
    /// <param name="factor">Twice what one step of the probe's code stands for.</param>
    /// <param name="limit">The limit, without the probe's own part.</param>
    /// <returns>A bit for each row. Where a number overflows, nothing is sure, and the bit is set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Near(int* dots, float* norms, float* scales, int bias, float factor, float limit)
    {
        var (biases, factors, limits) = (Vector256.Create(bias), Vector256.Create(factor), Vector256.Create(limit));
        uint far = 0;
        for (var i = 0; i < 32; i += 8)
        {
            var products = Vector256.ConvertToSingle(Vector256.Load(dots + i) - biases) * (factors * Vector256.Load(scales + i));
            var parts = Vector256.Load(norms + i) - products;
            far |= Vector256.GreaterThan(parts, limits).ExtractMostSignificantBits() << i;
        }

        return ~far;
    }
}

using System.Runtime.CompilerServices;

namespace Frat.Dlib;

/// <summary>
/// The inner loop in vectors of one width. Each number of rows and of vectors is compiled by itself when it is first needed; that number is
/// the size of a type, so that the compiler doesn't even look at what is for more rows.
/// </summary>
internal sealed unsafe class DotKernel<TLanes>(int rowsOfOne, int rowsOfTwo, params int[] preferred)
    : DotKernel(TLanes.Count, rowsOfOne, rowsOfTwo, preferred)
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <inheritdoc/>
    public override void Run(in DotProduct product, float** sources, float** targets, int rows)
    {
        if (product.Vectors == 1)
        {
            RunRows<DotRows.One>(product, sources, targets, rows);
        }
        else
        {
            RunRows<DotRows.Two>(product, sources, targets, rows);
        }
    }

    /// <inheritdoc/>
    public override Convolution Winograd<TTransform>(
        NetworkLayer.Convolution layer, int channels, (float[] Weights, float[] Biases) parameters) =>
        new WinogradConvolution<TLanes, TTransform>(this, layer, channels, parameters.Weights, parameters.Biases);

    private static void RunRows<TVectors>(in DotProduct product, float** sources, float** targets, int rows)
        where TVectors : unmanaged
    {
        switch (rows)
        {
            case 1:
                Run<DotRows.One, TVectors>(product, sources, targets);
                break;
            case 2:
                Run<DotRows.Two, TVectors>(product, sources, targets);
                break;
            case 3:
                Run<DotRows.Three, TVectors>(product, sources, targets);
                break;
            case 4:
                Run<DotRows.Four, TVectors>(product, sources, targets);
                break;
            case 5:
                Run<DotRows.Five, TVectors>(product, sources, targets);
                break;
            case 6:
                Run<DotRows.Six, TVectors>(product, sources, targets);
                break;
            case 7:
                Run<DotRows.Seven, TVectors>(product, sources, targets);
                break;
            case 8:
                Run<DotRows.Eight, TVectors>(product, sources, targets);
                break;
            case 9:
                Run<DotRows.Nine, TVectors>(product, sources, targets);
                break;
            case 10:
                Run<DotRows.Ten, TVectors>(product, sources, targets);
                break;
            case 11:
                Run<DotRows.Eleven, TVectors>(product, sources, targets);
                break;
            case 12:
                Run<DotRows.Twelve, TVectors>(product, sources, targets);
                break;
            case 13:
                Run<DotRows.Thirteen, TVectors>(product, sources, targets);
                break;
            case 14:
                Run<DotRows.Fourteen, TVectors>(product, sources, targets);
                break;
            case 15:
                Run<DotRows.Fifteen, TVectors>(product, sources, targets);
                break;
            default:
                Run<DotRows.Sixteen, TVectors>(product, sources, targets);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRows, TVectors>(in DotProduct product, float** sources, float** targets)
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        var weights = product.Weights;
        var ahead = product.Ahead is null ? weights : product.Ahead;
        var aheadStep = product.AheadStep;
        nint length = product.Length;
        var stride = product.SegmentStride;
        for (nint block = 0; block < product.Blocks; block++)
        {
            var column = block * sizeof(TVectors) * TLanes.Count;
            var a0 = TLanes.Load(product.Biases + column);
            var b0 = sizeof(TVectors) > 1 ? TLanes.Load(product.Biases + column + TLanes.Count) : a0;
            var (a1, a2, a3, a4, a5, a6, a7, a8) = (a0, a0, a0, a0, a0, a0, a0, a0);
            var (a9, a10, a11, a12, a13, a14, a15) = (a0, a0, a0, a0, a0, a0, a0);
            var (b1, b2, b3, b4, b5, b6, b7, b8) = (b0, b0, b0, b0, b0, b0, b0, b0);
            var (b9, b10, b11, unused) = (b0, b0, b0, b0);
            var row0 = sources[0];
            var row1 = sizeof(TRows) > 1 ? sources[1] : null;
            var row2 = sizeof(TRows) > 2 ? sources[2] : null;
            var row3 = sizeof(TRows) > 3 ? sources[3] : null;
            var row4 = sizeof(TRows) > 4 ? sources[4] : null;
            var row5 = sizeof(TRows) > 5 ? sources[5] : null;
            var row6 = sizeof(TRows) > 6 ? sources[6] : null;
            var row7 = sizeof(TRows) > 7 ? sources[7] : null;
            var row8 = sizeof(TRows) > 8 ? sources[8] : null;
            var row9 = sizeof(TRows) > 9 ? sources[9] : null;
            var row10 = sizeof(TRows) > 10 ? sources[10] : null;
            var row11 = sizeof(TRows) > 11 ? sources[11] : null;
            var row12 = sizeof(TRows) > 12 ? sources[12] : null;
            var row13 = sizeof(TRows) > 13 ? sources[13] : null;
            var row14 = sizeof(TRows) > 14 ? sources[14] : null;
            var row15 = sizeof(TRows) > 15 ? sources[15] : null;
            for (var segment = product.Segments; segment > 0; segment--)
            {
                for (nint i = 0; i < length; i++)
                {
                    var left = TLanes.Load(weights);
                    var right = sizeof(TVectors) > 1 ? TLanes.Load(weights + TLanes.Count) : left;
                    weights += sizeof(TVectors) * TLanes.Count;
                    TLanes.Prefetch(ahead);
                    ahead += aheadStep;
                    Add<TVectors>(row0[i], left, right, ref a0, ref b0);
                    if (sizeof(TRows) > 1)
                    {
                        Add<TVectors>(row1[i], left, right, ref a1, ref b1);
                    }

                    if (sizeof(TRows) > 2)
                    {
                        Add<TVectors>(row2[i], left, right, ref a2, ref b2);
                    }

                    if (sizeof(TRows) > 3)
                    {
                        Add<TVectors>(row3[i], left, right, ref a3, ref b3);
                    }

                    if (sizeof(TRows) > 4)
                    {
                        Add<TVectors>(row4[i], left, right, ref a4, ref b4);
                    }

                    if (sizeof(TRows) > 5)
                    {
                        Add<TVectors>(row5[i], left, right, ref a5, ref b5);
                    }

                    if (sizeof(TRows) > 6)
                    {
                        Add<TVectors>(row6[i], left, right, ref a6, ref b6);
                    }

                    if (sizeof(TRows) > 7)
                    {
                        Add<TVectors>(row7[i], left, right, ref a7, ref b7);
                    }

                    if (sizeof(TRows) > 8)
                    {
                        Add<TVectors>(row8[i], left, right, ref a8, ref b8);
                    }

                    if (sizeof(TRows) > 9)
                    {
                        Add<TVectors>(row9[i], left, right, ref a9, ref b9);
                    }

                    if (sizeof(TRows) > 10)
                    {
                        Add<TVectors>(row10[i], left, right, ref a10, ref b10);
                    }

                    if (sizeof(TRows) > 11)
                    {
                        Add<TVectors>(row11[i], left, right, ref a11, ref b11);
                    }

                    if (sizeof(TRows) > 12)
                    {
                        Add<TVectors>(row12[i], left, right, ref a12, ref unused);
                    }

                    if (sizeof(TRows) > 13)
                    {
                        Add<TVectors>(row13[i], left, right, ref a13, ref unused);
                    }

                    if (sizeof(TRows) > 14)
                    {
                        Add<TVectors>(row14[i], left, right, ref a14, ref unused);
                    }

                    if (sizeof(TRows) > 15)
                    {
                        Add<TVectors>(row15[i], left, right, ref a15, ref unused);
                    }
                }

                row0 += stride;
                row1 += stride;
                row2 += stride;
                row3 += stride;
                row4 += stride;
                row5 += stride;
                row6 += stride;
                row7 += stride;
                row8 += stride;
                row9 += stride;
                row10 += stride;
                row11 += stride;
                row12 += stride;
                row13 += stride;
                row14 += stride;
                row15 += stride;
            }

            Store<TRows, TVectors>(0, targets, column, a0, b0, product.Floor);
            Store<TRows, TVectors>(1, targets, column, a1, b1, product.Floor);
            Store<TRows, TVectors>(2, targets, column, a2, b2, product.Floor);
            Store<TRows, TVectors>(3, targets, column, a3, b3, product.Floor);
            Store<TRows, TVectors>(4, targets, column, a4, b4, product.Floor);
            Store<TRows, TVectors>(5, targets, column, a5, b5, product.Floor);
            Store<TRows, TVectors>(6, targets, column, a6, b6, product.Floor);
            Store<TRows, TVectors>(7, targets, column, a7, b7, product.Floor);
            Store<TRows, TVectors>(8, targets, column, a8, b8, product.Floor);
            Store<TRows, TVectors>(9, targets, column, a9, b9, product.Floor);
            Store<TRows, TVectors>(10, targets, column, a10, b10, product.Floor);
            Store<TRows, TVectors>(11, targets, column, a11, b11, product.Floor);
            Store<TRows, TVectors>(12, targets, column, a12, unused, product.Floor);
            Store<TRows, TVectors>(13, targets, column, a13, unused, product.Floor);
            Store<TRows, TVectors>(14, targets, column, a14, unused, product.Floor);
            Store<TRows, TVectors>(15, targets, column, a15, unused, product.Floor);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TVectors>(float value, TLanes left, TLanes right, ref TLanes leftSum, ref TLanes rightSum)
        where TVectors : unmanaged
    {
        var values = TLanes.Create(value);
        leftSum = TLanes.MultiplyAdd(values, left, leftSum);
        if (sizeof(TVectors) > 1)
        {
            rightSum = TLanes.MultiplyAdd(values, right, rightSum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TRows, TVectors>(int row, float** targets, nint column, TLanes left, TLanes right, float floor)
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        if (row < sizeof(TRows))
        {
            TLanes.Max(left, TLanes.Create(floor)).Store(targets[row] + column);
            if (sizeof(TVectors) > 1)
            {
                TLanes.Max(right, TLanes.Create(floor)).Store(targets[row] + column + TLanes.Count);
            }
        }
    }
}

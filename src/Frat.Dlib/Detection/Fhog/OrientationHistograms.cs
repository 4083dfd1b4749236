using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Frat.Dlib;

/// <summary>
/// The histograms of gradient directions of an image's cells, one row of cells after the other. Each pixel votes into the four
/// cells whose centres are around it, by bilinear interpolation.
/// </summary>
/// <remarks>
/// The pixels between the same four centres, 8×8 of them, always vote into the same cells. So each block of pixels is summed up
/// first, four votes at a time in one vector for each direction, and the sums are added to the cells once.
/// </remarks>
internal sealed class OrientationHistograms : IDisposable
{
    /// <summary>Pixels of a cell, both ways.</summary>
    public const int CellSize = 8;

    /// <summary>The directions of a cell.</summary>
    public const int Directions = 18;

    // The directions of a cell, filled up to whole vectors.
    private const int Slots = 20;
    private const int Half = CellSize / 2;

    private static readonly Vector128<float>[] Weights = CreateWeights();

    private readonly PlanarImage _image;
    private readonly int _visibleWidth;
    private readonly int _visibleHeight;
    private readonly int _pixelStride;
    private readonly int _cellRow;
    private readonly PooledArray<float> _lengths;
    private readonly PooledArray<int> _directions;
    private readonly PooledArray<float> _cells;
    private int _band;

    /// <summary>Creates the histograms of an image, which must have at least one cell both ways.</summary>
    public OrientationHistograms(PlanarImage image)
    {
        _image = image;
        Columns = CellsOf(image.Width);
        Rows = CellsOf(image.Height);
        // A gradient needs a neighbour on each side; a cell that is less than half inside is left out.
        _visibleWidth = Math.Min(Columns * CellSize, image.Width) - 1;
        _visibleHeight = Math.Min(Rows * CellSize, image.Height) - 1;
        _pixelStride = (Columns + 1) * CellSize;
        // A cell on each side takes the votes from beyond the outermost centres; no one reads it.
        _cellRow = (Columns + 2) * Slots;
        _lengths = new PooledArray<float>((long)_pixelStride * CellSize);
        _directions = new PooledArray<int>((long)_pixelStride * CellSize, clear: true);
        _cells = new PooledArray<float>((long)_cellRow * 2);
        _lengths.Array.AsSpan(0, _pixelStride * CellSize).Clear();
        _directions.Array.AsSpan(0, _pixelStride * CellSize).Clear();
        _cells.Array.AsSpan(0, _cellRow * 2).Clear();
        AddBand();
    }

    /// <summary>Columns of cells.</summary>
    public int Columns { get; }

    /// <summary>Rows of cells.</summary>
    public int Rows { get; }

    /// <summary>How many cells a side of an image has.</summary>
    public static int CellsOf(int pixels) => (int)(((double)((float)pixels / CellSize)) + 0.5);

    /// <summary>Computes the next row of cells.</summary>
    /// <param name="planes">Gets the row: for each direction, a value for each cell.</param>
    /// <param name="stride">Floats from a direction to the next, at least <see cref="Columns"/> rounded up to 4.</param>
    public void Next(Span<float> planes, int stride)
    {
        Cells(_band + 1).Clear();
        AddBand();
        // Both bands that vote into it have been added now.
        ToPlanes(ref Cells(_band - 1)[Slots], ref MemoryMarshal.GetReference(planes), stride);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lengths.Dispose();
        _directions.Dispose();
        _cells.Dispose();
    }

    private static Vector128<float>[] CreateWeights()
    {
        var weights = new Vector128<float>[CellSize * CellSize];
        for (var y = 0; y < CellSize; y++)
        {
            for (var x = 0; x < CellSize; x++)
            {
                var down = (y + 0.5f) / CellSize;
                var across = (x + 0.5f) / CellSize;
                weights[(y * CellSize) + x] = Vector128.Create(
                    (1 - down) * (1 - across), (1 - down) * across, down * (1 - across), down * across);
            }
        }

        return weights;
    }

    // Two rows of cells take turns: the one above the band's pixels, and the one below.
    private Span<float> Cells(int row) => _cells.Array.AsSpan((row & 1) * _cellRow, _cellRow);

    // A band is the rows of pixels between the centres of two rows of cells.
    private void AddBand()
    {
        var first = (_band * CellSize) - Half;
        for (var i = 0; i < CellSize; i++)
        {
            var y = first + i;
            var lengths = _lengths.Array.AsSpan(i * _pixelStride, _pixelStride);
            if (y >= 1 && y < _visibleHeight)
            {
                Gradients.Row(
                    _image, y, _visibleWidth, lengths[Half..], _directions.Array.AsSpan((i * _pixelStride) + Half, _pixelStride - Half));
            }
            else
            {
                lengths.Clear();
            }
        }

        ref var above = ref MemoryMarshal.GetReference(Cells(_band));
        ref var below = ref MemoryMarshal.GetReference(Cells(_band + 1));
        for (var block = 0; block <= Columns; block++)
        {
            AddBlock(block * CellSize, ref Unsafe.Add(ref above, block * Slots), ref Unsafe.Add(ref below, block * Slots));
        }

        _band++;
    }

    private void AddBlock(int x, ref float above, ref float below)
    {
        // Two sets, so that a vote needn't wait for the vote before it when both have the same direction.
        Span<Vector128<float>> votes = stackalloc Vector128<float>[Slots * 2];
        votes.Clear();
        ref var even = ref MemoryMarshal.GetReference(votes);
        ref var odd = ref Unsafe.Add(ref even, Slots);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(Weights);
        ref var lengths = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_lengths.Array), x);
        ref var directions = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_directions.Array), x);
        for (var row = 0; row < CellSize; row++)
        {
            for (var column = 0; column < CellSize; column += 2)
            {
                Unsafe.Add(ref even, Unsafe.Add(ref directions, column)) += Unsafe.Add(ref weights, column)
                    * Unsafe.Add(ref lengths, column);
                Unsafe.Add(ref odd, Unsafe.Add(ref directions, column + 1)) += Unsafe.Add(ref weights, column + 1)
                    * Unsafe.Add(ref lengths, column + 1);
            }

            weights = ref Unsafe.Add(ref weights, CellSize);
            lengths = ref Unsafe.Add(ref lengths, _pixelStride);
            directions = ref Unsafe.Add(ref directions, _pixelStride);
        }

        votes[0] += votes[Directions] + votes[Slots + Directions];
        votes[Directions] = votes[Slots + Directions] = Vector128<float>.Zero;
        for (var i = 0; i < Slots; i += Vector128<float>.Count)
        {
            var (aboveLeft, aboveRight, belowLeft, belowRight) = Transpose(
                votes[i] + votes[Slots + i],
                votes[i + 1] + votes[Slots + i + 1],
                votes[i + 2] + votes[Slots + i + 2],
                votes[i + 3] + votes[Slots + i + 3]);
            Add(ref Unsafe.Add(ref above, i), aboveLeft);
            Add(ref Unsafe.Add(ref above, Slots + i), aboveRight);
            Add(ref Unsafe.Add(ref below, i), belowLeft);
            Add(ref Unsafe.Add(ref below, Slots + i), belowRight);
        }
    }

    private static void Add(ref float sum, Vector128<float> values) => (Vector128.LoadUnsafe(ref sum) + values).StoreUnsafe(ref sum);

    private void ToPlanes(ref float cells, ref float planes, int stride)
    {
        var column = 0;
        for (; column + Vector128<float>.Count <= Columns; column += Vector128<float>.Count)
        {
            ref var cell = ref Unsafe.Add(ref cells, column * Slots);
            for (var i = 0; i < Slots; i += Vector128<float>.Count)
            {
                var (a, b, c, d) = Transpose(
                    Vector128.LoadUnsafe(ref cell, (nuint)i), Vector128.LoadUnsafe(ref cell, (nuint)(Slots + i)),
                    Vector128.LoadUnsafe(ref cell, (nuint)((2 * Slots) + i)), Vector128.LoadUnsafe(ref cell, (nuint)((3 * Slots) + i)));
                ref var plane = ref Unsafe.Add(ref planes, (i * stride) + column);
                a.StoreUnsafe(ref plane);
                b.StoreUnsafe(ref Unsafe.Add(ref plane, stride));
                if (i < Slots - Vector128<float>.Count)
                {
                    c.StoreUnsafe(ref Unsafe.Add(ref plane, 2 * stride));
                    d.StoreUnsafe(ref Unsafe.Add(ref plane, 3 * stride));
                }
            }
        }

        for (; column < Columns; column++)
        {
            for (var direction = 0; direction < Directions; direction++)
            {
                Unsafe.Add(ref planes, (direction * stride) + column) = Unsafe.Add(ref cells, (column * Slots) + direction);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> A, Vector128<float> B, Vector128<float> C, Vector128<float> D) Transpose(
        Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (Sse.IsSupported)
        {
            var lowAb = Sse.UnpackLow(a, b);
            var lowCd = Sse.UnpackLow(c, d);
            var highAb = Sse.UnpackHigh(a, b);
            var highCd = Sse.UnpackHigh(c, d);
            return (
                Sse.MoveLowToHigh(lowAb, lowCd),
                    Sse.MoveHighToLow(lowCd, lowAb), Sse.MoveLowToHigh(highAb, highCd), Sse.MoveHighToLow(highCd, highAb));
        }

        return (
            Vector128.Create(a[0], b[0], c[0], d[0]), Vector128.Create(a[1], b[1], c[1], d[1]),
            Vector128.Create(a[2], b[2], c[2], d[2]), Vector128.Create(a[3], b[3], c[3], d[3]));
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Frat.Dlib;

/// <summary>
/// The 31 features of each cell, one row of cells after the other: 18 directions, 9 directions without their sign, and 4 measures of
/// texture, each normalised by the energy of the cells around (Felzenszwalb, Girshick, McAllester, Ramanan: Object Detection with
/// Discriminatively Trained Part Based Models, 2010), with the constants that dlib has in image_transforms/fhog.h.
/// </summary>
internal sealed class FhogFeatures : IDisposable
{
    /// <summary>Features of a cell.</summary>
    public const int Planes = 31;

    private const int Unsigned = OrientationHistograms.Directions / 2;
    private const int Texture = OrientationHistograms.Directions + Unsigned;
    private const float Clip = 0.2f;
    private const float Scale = 0.1f;
    private const float Epsilon = 0.0001f;
    private const float TextureScale = (float)(2 * 0.2357);

    // Rows are kept two at a time, in turns: a row of features is computed once the cells below it are there.
    private const int Kept = 2;

    private readonly OrientationHistograms _histograms;
    private readonly int _stride;
    private readonly PooledArray<float> _cells;
    private readonly PooledArray<float> _energies;
    private readonly PooledArray<float> _limits;
    private int _row;

    /// <summary>Starts with the first row of an image for which <see cref="ColumnsOf"/> both sides is at least 1.</summary>
    public FhogFeatures(PlanarImage image)
    {
        _histograms = new OrientationHistograms(image);
        Columns = ColumnsOf(image.Width);
        Rows = ColumnsOf(image.Height);
        // Vectors may reach over the end of a row.
        _stride = _histograms.Columns + (2 * Vector256<float>.Count);
        _cells = new PooledArray<float>((long)_stride * OrientationHistograms.Directions * Kept);
        _energies = new PooledArray<float>((long)_stride * Kept);
        _limits = new PooledArray<float>((long)_stride * 2 * Kept);
        NextCells();
        NextCells();
    }

    /// <summary>Columns of cells that have features.</summary>
    public int Columns { get; }

    /// <summary>Rows of cells that have features.</summary>
    public int Rows { get; }

    /// <summary>How many cells with features fit into a side: the outermost have no neighbours, so they have no features.</summary>
    public static int ColumnsOf(int pixels) => Math.Max(OrientationHistograms.CellsOf(pixels) - 2, 0);

    /// <summary>Computes the next row.</summary>
    /// <param name="features">Gets the features, a plane after the other; zeros up to the next whole vector after the last column.</param>
    /// <param name="stride">Floats from a plane to the next, at least <see cref="Columns"/> rounded up to 8.</param>
    public void Next(Span<float> features, int stride)
    {
        NextCells();
        var row = _row - 2;
        ref var cells = ref Unsafe.Add(ref MemoryMarshal.GetReference(CellRow(row)), 1);
        ref var above = ref MemoryMarshal.GetReference(LimitRow(row - 1));
        ref var below = ref MemoryMarshal.GetReference(LimitRow(row));
        ref var result = ref MemoryMarshal.GetReference(features);
        for (var x = 0; x < Columns; x += Vector256<float>.Count)
        {
            var inside = Vector256.LessThan(Vector256<int>.Indices + Vector256.Create(x), Vector256.Create(Columns)).AsSingle();
            Features(
                ref Unsafe.Add(ref cells, x), ref Unsafe.Add(ref above, x),
                    ref Unsafe.Add(ref below, x), inside, ref Unsafe.Add(ref result, x), stride);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _histograms.Dispose();
        _cells.Dispose();
        _energies.Dispose();
        _limits.Dispose();
    }

    private Span<float> CellRow(int row) =>
        _cells.Array.AsSpan((row & 1) * _stride * OrientationHistograms.Directions, _stride * OrientationHistograms.Directions);

    private Span<float> EnergyRow(int row) => _energies.Array.AsSpan((row & 1) * _stride, _stride);

    // For each four cells that meet in a corner: the limit of a direction's value, and after it in the second half the factor.
    private Span<float> LimitRow(int row) => _limits.Array.AsSpan((row & 1) * _stride * 2, _stride * 2);

    private void NextCells()
    {
        _histograms.Next(CellRow(_row), _stride);
        Energies(ref MemoryMarshal.GetReference(CellRow(_row)), ref MemoryMarshal.GetReference(EnergyRow(_row)));
        if (_row > 0)
        {
            Limits(
                ref MemoryMarshal.GetReference(EnergyRow(_row - 1)), ref MemoryMarshal.GetReference(EnergyRow(_row)),
                ref MemoryMarshal.GetReference(LimitRow(_row - 1)));
        }

        _row++;
    }

    private void Energies(ref float cells, ref float energies)
    {
        for (var x = 0; x < _histograms.Columns; x += Vector256<float>.Count)
        {
            var energy = Vector256<float>.Zero;
            for (var direction = 0; direction < Unsigned; direction++)
            {
                var both = Vector256.LoadUnsafe(ref cells, (nuint)((direction * _stride) + x))
                    + Vector256.LoadUnsafe(ref cells, (nuint)(((direction + Unsigned) * _stride) + x));
                energy += both * both;
            }

            energy.StoreUnsafe(ref energies, (nuint)x);
        }
    }

    private void Limits(ref float above, ref float below, ref float limits)
    {
        for (var x = 0; x < _histograms.Columns; x += Vector256<float>.Count)
        {
            var energy = Vector256.LoadUnsafe(ref above, (nuint)x) + Vector256.LoadUnsafe(ref above, (nuint)(x + 1))
                + Vector256.LoadUnsafe(ref below, (nuint)x) + Vector256.LoadUnsafe(ref below, (nuint)(x + 1)) + Vector256.Create(Epsilon);
            var limit = Vector256.Sqrt(energy) * Clip;
            limit.StoreUnsafe(ref limits, (nuint)x);
            (Vector256.Create(Scale) / limit).StoreUnsafe(ref limits, (nuint)(_stride + x));
        }
    }

    private void Features(ref float cells, ref float above, ref float below, Vector256<float> inside, ref float result, int stride)
    {
        // In dlib's order: the corner at the lower right, upper right, lower left, upper left.
        var limit0 = Vector256.LoadUnsafe(ref below, 1);
        var limit1 = Vector256.LoadUnsafe(ref above, 1);
        var limit2 = Vector256.LoadUnsafe(ref below);
        var limit3 = Vector256.LoadUnsafe(ref above);
        var factor0 = Vector256.LoadUnsafe(ref below, (nuint)(_stride + 1));
        var factor1 = Vector256.LoadUnsafe(ref above, (nuint)(_stride + 1));
        var factor2 = Vector256.LoadUnsafe(ref below, (nuint)_stride);
        var factor3 = Vector256.LoadUnsafe(ref above, (nuint)_stride);
        var texture0 = Vector256<float>.Zero;
        var texture1 = Vector256<float>.Zero;
        var texture2 = Vector256<float>.Zero;
        var texture3 = Vector256<float>.Zero;
        for (var direction = 0; direction < OrientationHistograms.Directions; direction++)
        {
            var value = Vector256.LoadUnsafe(ref cells, (nuint)(direction * _stride));
            var part0 = Vector256.MinNative(value, limit0) * factor0;
            var part1 = Vector256.MinNative(value, limit1) * factor1;
            var part2 = Vector256.MinNative(value, limit2) * factor2;
            var part3 = Vector256.MinNative(value, limit3) * factor3;
            texture0 += part0;
            texture1 += part1;
            texture2 += part2;
            texture3 += part3;
            ((part0 + part1 + part2 + part3) & inside).StoreUnsafe(ref result, (nuint)(direction * stride));
        }

        for (var direction = 0; direction < Unsigned; direction++)
        {
            var value = Vector256.LoadUnsafe(ref cells, (nuint)(direction * _stride))
                + Vector256.LoadUnsafe(ref cells, (nuint)((direction + Unsigned) * _stride));
            var sum = (Vector256.MinNative(value, limit0) * factor0) + (Vector256.MinNative(value, limit1) * factor1)
                + (Vector256.MinNative(value, limit2) * factor2) + (Vector256.MinNative(value, limit3) * factor3);
            (sum & inside).StoreUnsafe(ref result, (nuint)((OrientationHistograms.Directions + direction) * stride));
        }

        (texture0 * TextureScale & inside).StoreUnsafe(ref result, (nuint)(Texture * stride));
        (texture1 * TextureScale & inside).StoreUnsafe(ref result, (nuint)((Texture + 1) * stride));
        (texture2 * TextureScale & inside).StoreUnsafe(ref result, (nuint)((Texture + 2) * stride));
        (texture3 * TextureScale & inside).StoreUnsafe(ref result, (nuint)((Texture + 3) * stride));
    }
}

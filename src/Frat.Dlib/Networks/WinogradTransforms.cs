using System.Numerics;
using System.Runtime.CompilerServices;

namespace Frat.Dlib;

/// <summary>
/// The transforms of one of Winograd's minimal filters (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016), in
/// one dimension: the Toom-Cook way through a few points and infinity. A row of the input's transform is the polynomial that is 0 at all
/// other points.
/// </summary>
internal unsafe interface IWinogradTransform
{
    /// <summary>Results of a tile, each way.</summary>
    static abstract int Outputs { get; }

    /// <summary>Taps of the filter, each way.</summary>
    static abstract int Taps { get; }

    /// <summary>Numbers of a transformed tile, each way.</summary>
    static abstract int Side { get; }

    /// <summary>The points, without infinity, which comes last.</summary>
    static abstract ReadOnlySpan<double> Points { get; }

    /// <summary>Transforms <c>Outputs + Taps − 1</c> vectors of the source.</summary>
    static abstract void Input(float* source, nint step, float* target, nint targetStep);

    /// <summary>Transforms as many products into <c>Outputs</c> vectors of the target.</summary>
    static abstract void Output(float* source, nint step, float* target, nint targetStep);
}

/// <summary>Two results of a filter of 3: points 0, ±1.</summary>
internal readonly unsafe struct Winograd2x3 : IWinogradTransform
{
    public static int Outputs => 2;

    public static int Taps => 3;

    public static int Side => 4;

    public static ReadOnlySpan<double> Points => [0, 1, -1];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(float* source, nint step, float* target, nint targetStep)
    {
        var (d0, d1) = (Vector.Load(source), Vector.Load(source + step));
        var (d2, d3) = (Vector.Load(source + (2 * step)), Vector.Load(source + (3 * step)));
        Vector.Store(d2 - d0, target);
        Vector.Store(d2 + d1, target + targetStep);
        Vector.Store(d2 - d1, target + (2 * targetStep));
        Vector.Store(d3 - d1, target + (3 * targetStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output(float* source, nint step, float* target, nint targetStep)
    {
        var (m1, m2) = (Vector.Load(source + step), Vector.Load(source + (2 * step)));
        Vector.Store(Vector.Load(source) + (m1 + m2), target);
        Vector.Store((m1 - m2) + Vector.Load(source + (3 * step)), target + targetStep);
    }
}

/// <summary>Four results of a filter of 3: points 0, ±1, ±2.</summary>
internal readonly unsafe struct Winograd4x3 : IWinogradTransform
{
    public static int Outputs => 4;

    public static int Taps => 3;

    public static int Side => 6;

    public static ReadOnlySpan<double> Points => [0, 1, -1, 2, -2];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(float* source, nint step, float* target, nint targetStep)
    {
        var (d0, d1, d2) = (Vector.Load(source), Vector.Load(source + step), Vector.Load(source + (2 * step)));
        var (d3, d4, d5) = (Vector.Load(source + (3 * step)), Vector.Load(source + (4 * step)), Vector.Load(source + (5 * step)));
        var (four, five) = (Vector.Create(4f), Vector.Create(-5f));
        Vector.Store(Vector.MultiplyAddEstimate(four, d0, Vector.MultiplyAddEstimate(five, d2, d4)), target);
        var (even, odd) = (Vector.MultiplyAddEstimate(-four, d2, d4), Vector.MultiplyAddEstimate(-four, d1, d3));
        Vector.Store(even + odd, target + targetStep);
        Vector.Store(even - odd, target + (2 * targetStep));
        (even, odd) = (d4 - d2, 2 * (d3 - d1));
        Vector.Store(even + odd, target + (3 * targetStep));
        Vector.Store(even - odd, target + (4 * targetStep));
        Vector.Store(Vector.MultiplyAddEstimate(four, d1, Vector.MultiplyAddEstimate(five, d3, d5)), target + (5 * targetStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output(float* source, nint step, float* target, nint targetStep)
    {
        var (m1, m2) = (Vector.Load(source + step), Vector.Load(source + (2 * step)));
        var (m3, m4) = (Vector.Load(source + (3 * step)), Vector.Load(source + (4 * step)));
        var (even1, odd1, even2, odd2) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4);
        Vector.Store(Vector.Load(source) + even1 + even2, target);
        Vector.Store(Vector.MultiplyAddEstimate(Vector.Create(2f), odd2, odd1), target + targetStep);
        Vector.Store(Vector.MultiplyAddEstimate(Vector.Create(4f), even2, even1), target + (2 * targetStep));
        Vector.Store(
            Vector.MultiplyAddEstimate(Vector.Create(8f), odd2, odd1) + Vector.Load(source + (5 * step)), target + (3 * targetStep));
    }
}

/// <summary>Four results of a filter of 5: points 0, ±1, ±2, ±½.</summary>
internal readonly unsafe struct Winograd4x5 : IWinogradTransform
{
    public static int Outputs => 4;

    public static int Taps => 5;

    public static int Side => 8;

    public static ReadOnlySpan<double> Points => [0, 1, -1, 2, -2, 0.5, -0.5];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(float* source, nint step, float* target, nint targetStep)
    {
        var (d0, d1, d2, d3) =
            (Vector.Load(source), Vector.Load(source + step), Vector.Load(source + (2 * step)), Vector.Load(source + (3 * step)));
        source += 4 * step;
        var (d4, d5, d6, d7) =
            (Vector.Load(source), Vector.Load(source + step), Vector.Load(source + (2 * step)), Vector.Load(source + (3 * step)));
        var all = Vector.Create(5.25f);
        Vector.Store(Vector.MultiplyAddEstimate(all, d2 - d4, d6 - d0), target);
        var even = Vector.MultiplyAddEstimate(Vector.Create(-4.25f), d4, d2 + d6);
        var odd = Vector.MultiplyAddEstimate(Vector.Create(-4.25f), d3, d1 + d5);
        Vector.Store(even + odd, target + targetStep);
        Vector.Store(even - odd, target + (2 * targetStep));
        even = Vector.MultiplyAddEstimate(Vector.Create(0.25f), d2, Vector.MultiplyAddEstimate(Vector.Create(-1.25f), d4, d6));
        odd = Vector.MultiplyAddEstimate(Vector.Create(-2.5f), d3, Vector.MultiplyAddEstimate(Vector.Create(0.5f), d1, d5 + d5));
        Vector.Store(even + odd, target + (3 * targetStep));
        Vector.Store(even - odd, target + (4 * targetStep));
        even = Vector.MultiplyAddEstimate(Vector.Create(4f), d2, Vector.MultiplyAddEstimate(Vector.Create(-5f), d4, d6));
        odd = Vector.MultiplyAddEstimate(Vector.Create(-2.5f), d3, Vector.MultiplyAddEstimate(Vector.Create(0.5f), d5, d1 + d1));
        Vector.Store(even + odd, target + (5 * targetStep));
        Vector.Store(even - odd, target + (6 * targetStep));
        Vector.Store(Vector.MultiplyAddEstimate(all, d3 - d5, d7 - d1), target + (7 * targetStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output(float* source, nint step, float* target, nint targetStep)
    {
        var (m1, m2, m3) = (Vector.Load(source + step), Vector.Load(source + (2 * step)), Vector.Load(source + (3 * step)));
        var (m4, m5, m6) = (Vector.Load(source + (4 * step)), Vector.Load(source + (5 * step)), Vector.Load(source + (6 * step)));
        var (even1, odd1, even2, odd2, even3, odd3) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4, m5 + m6, m5 - m6);
        Vector.Store(Vector.Load(source) + even1 + even2 + even3, target);
        Vector.Store(Sum(2, odd2, 0.5f, odd3, odd1), target + targetStep);
        Vector.Store(Sum(4, even2, 0.25f, even3, even1), target + (2 * targetStep));
        Vector.Store(Sum(8, odd2, 0.125f, odd3, odd1) + Vector.Load(source + (7 * step)), target + (3 * targetStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Sum(float factor2, Vector<float> two, float factor3, Vector<float> half, Vector<float> one) =>
        Vector.MultiplyAddEstimate(Vector.Create(factor2), two, Vector.MultiplyAddEstimate(Vector.Create(factor3), half, one));
}

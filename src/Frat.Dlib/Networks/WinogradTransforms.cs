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
    static abstract void Input<TLanes>(float* source, nint step, float* target, nint targetStep)
        where TLanes : unmanaged, ILanes<TLanes>;

    /// <summary>Transforms as many products into <c>Outputs</c> vectors of the target.</summary>
    static abstract void Output<TLanes>(float* source, nint step, float* target, nint targetStep)
        where TLanes : unmanaged, ILanes<TLanes>;
}

/// <summary>Two results of a filter of 3: points 0, ±1.</summary>
internal readonly unsafe struct Winograd2x3 : IWinogradTransform
{
    public static int Outputs => 2;

    public static int Taps => 3;

    public static int Side => 4;

    public static ReadOnlySpan<double> Points => [0, 1, -1];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes>(float* source, nint step, float* target, nint targetStep)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (d0, d1) = (TLanes.Load(source), TLanes.Load(source + step));
        var (d2, d3) = (TLanes.Load(source + (2 * step)), TLanes.Load(source + (3 * step)));
        (d2 - d0).Store(target);
        (d2 + d1).Store(target + targetStep);
        (d2 - d1).Store(target + (2 * targetStep));
        (d3 - d1).Store(target + (3 * targetStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes>(float* source, nint step, float* target, nint targetStep)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (m1, m2) = (TLanes.Load(source + step), TLanes.Load(source + (2 * step)));
        (TLanes.Load(source) + (m1 + m2)).Store(target);
        ((m1 - m2) + TLanes.Load(source + (3 * step))).Store(target + targetStep);
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
    public static void Input<TLanes>(float* source, nint step, float* target, nint targetStep)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (d0, d1, d2) = (TLanes.Load(source), TLanes.Load(source + step), TLanes.Load(source + (2 * step)));
        var (d3, d4, d5) = (TLanes.Load(source + (3 * step)), TLanes.Load(source + (4 * step)), TLanes.Load(source + (5 * step)));
        var (four, five, minusFour) = (TLanes.Create(4f), TLanes.Create(-5f), TLanes.Create(-4f));
        TLanes.MultiplyAdd(four, d0, TLanes.MultiplyAdd(five, d2, d4)).Store(target);
        var (even, odd) = (TLanes.MultiplyAdd(minusFour, d2, d4), TLanes.MultiplyAdd(minusFour, d1, d3));
        (even + odd).Store(target + targetStep);
        (even - odd).Store(target + (2 * targetStep));
        (even, odd) = (d4 - d2, d3 - d1);
        odd += odd;
        (even + odd).Store(target + (3 * targetStep));
        (even - odd).Store(target + (4 * targetStep));
        TLanes.MultiplyAdd(four, d1, TLanes.MultiplyAdd(five, d3, d5)).Store(target + (5 * targetStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes>(float* source, nint step, float* target, nint targetStep)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (m1, m2) = (TLanes.Load(source + step), TLanes.Load(source + (2 * step)));
        var (m3, m4) = (TLanes.Load(source + (3 * step)), TLanes.Load(source + (4 * step)));
        var (even1, odd1, even2, odd2) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4);
        (TLanes.Load(source) + even1 + even2).Store(target);
        TLanes.MultiplyAdd(TLanes.Create(2f), odd2, odd1).Store(target + targetStep);
        TLanes.MultiplyAdd(TLanes.Create(4f), even2, even1).Store(target + (2 * targetStep));
        (TLanes.MultiplyAdd(TLanes.Create(8f), odd2, odd1) + TLanes.Load(source + (5 * step))).Store(target + (3 * targetStep));
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
    public static void Input<TLanes>(float* source, nint step, float* target, nint targetStep)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (d0, d1, d2, d3) =
            (TLanes.Load(source), TLanes.Load(source + step), TLanes.Load(source + (2 * step)), TLanes.Load(source + (3 * step)));
        source += 4 * step;
        var (d4, d5, d6, d7) =
            (TLanes.Load(source), TLanes.Load(source + step), TLanes.Load(source + (2 * step)), TLanes.Load(source + (3 * step)));
        var all = TLanes.Create(5.25f);
        TLanes.MultiplyAdd(all, d2 - d4, d6 - d0).Store(target);
        var even = TLanes.MultiplyAdd(TLanes.Create(-4.25f), d4, d2 + d6);
        var odd = TLanes.MultiplyAdd(TLanes.Create(-4.25f), d3, d1 + d5);
        (even + odd).Store(target + targetStep);
        (even - odd).Store(target + (2 * targetStep));
        even = TLanes.MultiplyAdd(TLanes.Create(0.25f), d2, TLanes.MultiplyAdd(TLanes.Create(-1.25f), d4, d6));
        odd = TLanes.MultiplyAdd(TLanes.Create(-2.5f), d3, TLanes.MultiplyAdd(TLanes.Create(0.5f), d1, d5 + d5));
        (even + odd).Store(target + (3 * targetStep));
        (even - odd).Store(target + (4 * targetStep));
        even = TLanes.MultiplyAdd(TLanes.Create(4f), d2, TLanes.MultiplyAdd(TLanes.Create(-5f), d4, d6));
        odd = TLanes.MultiplyAdd(TLanes.Create(-2.5f), d3, TLanes.MultiplyAdd(TLanes.Create(0.5f), d5, d1 + d1));
        (even + odd).Store(target + (5 * targetStep));
        (even - odd).Store(target + (6 * targetStep));
        TLanes.MultiplyAdd(all, d3 - d5, d7 - d1).Store(target + (7 * targetStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes>(float* source, nint step, float* target, nint targetStep)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (m1, m2, m3) = (TLanes.Load(source + step), TLanes.Load(source + (2 * step)), TLanes.Load(source + (3 * step)));
        var (m4, m5, m6) = (TLanes.Load(source + (4 * step)), TLanes.Load(source + (5 * step)), TLanes.Load(source + (6 * step)));
        var (even1, odd1, even2, odd2, even3, odd3) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4, m5 + m6, m5 - m6);
        (TLanes.Load(source) + even1 + even2 + even3).Store(target);
        Sum(2, odd2, 0.5f, odd3, odd1).Store(target + targetStep);
        Sum(4, even2, 0.25f, even3, even1).Store(target + (2 * targetStep));
        (Sum(8, odd2, 0.125f, odd3, odd1) + TLanes.Load(source + (7 * step))).Store(target + (3 * targetStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sum<TLanes>(float factor2, TLanes two, float factor3, TLanes half, TLanes one)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.MultiplyAdd(TLanes.Create(factor2), two, TLanes.MultiplyAdd(TLanes.Create(factor3), half, one));
}

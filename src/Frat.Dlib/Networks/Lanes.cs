using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Frat.Dlib;

/// <summary>A vector of some width: what the networks' inner loops are written in, once for all widths.</summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>Numbers of a vector.</summary>
    static abstract int Count { get; }

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf Load(float* source);

    /// <summary>The same number in all places.</summary>
    static abstract TSelf Create(float value);

    /// <summary>left × right + summand, rounded once where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf summand);

    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>Asks for a line of memory that will be read soon, if the processor can be asked.</summary>
    static abstract void Prefetch(float* line);

    void Store(float* target);
}

/// <summary>The vectors that .NET uses by itself: 128 bits with SSE and NEON, 256 with AVX2.</summary>
internal readonly unsafe struct NativeLanes(Vector<float> value) : ILanes<NativeLanes>
{
    private readonly Vector<float> _value = value;

    public static int Count => Vector<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes operator +(NativeLanes left, NativeLanes right) =>
        Unsafe.BitCast<Vector<float>, NativeLanes>(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes operator -(NativeLanes left, NativeLanes right) =>
        Unsafe.BitCast<Vector<float>, NativeLanes>(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes Load(float* source) => Unsafe.BitCast<Vector<float>, NativeLanes>(Vector.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes Create(float value) => Unsafe.BitCast<Vector<float>, NativeLanes>(Vector.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes MultiplyAdd(NativeLanes left, NativeLanes right, NativeLanes summand) =>
        Unsafe.BitCast<Vector<float>, NativeLanes>(Vector.MultiplyAddEstimate(left._value, right._value, summand._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes Max(NativeLanes left, NativeLanes right) =>
        Unsafe.BitCast<Vector<float>, NativeLanes>(Vector.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* line)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(line);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => Vector.Store(_value, target);
}

/// <summary>Vectors of 512 bits. On a processor without them they are computed in parts, slowly, and with the same results.</summary>
internal readonly unsafe struct WideLanes(Vector512<float> value) : ILanes<WideLanes>
{
    private readonly Vector512<float> _value = value;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator +(WideLanes left, WideLanes right) =>
        Unsafe.BitCast<Vector512<float>, WideLanes>(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator -(WideLanes left, WideLanes right) =>
        Unsafe.BitCast<Vector512<float>, WideLanes>(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Load(float* source) => Unsafe.BitCast<Vector512<float>, WideLanes>(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Create(float value) => Unsafe.BitCast<Vector512<float>, WideLanes>(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes MultiplyAdd(WideLanes left, WideLanes right, WideLanes summand) =>
        Unsafe.BitCast<Vector512<float>, WideLanes>(Vector512.MultiplyAddEstimate(left._value, right._value, summand._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Max(WideLanes left, WideLanes right) =>
        Unsafe.BitCast<Vector512<float>, WideLanes>(Vector512.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* line)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(line);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => Vector512.Store(_value, target);
}

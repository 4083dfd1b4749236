using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Frat.Dlib;

/// <summary>The layers without weights.</summary>
internal static unsafe class Pooling
{
    /// <summary>The largest of each window of 3×3, each 2 pixels from the next.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target, of the size that comes out.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxOf3x3(FeatureMap source, FeatureMap target)
    {
        nint right = source.Channels;
        for (var image = 0; image < target.Images; image++)
        {
            for (var y = 0; y < target.Height; y++)
            {
                for (var x = 0; x < target.Width; x++)
                {
                    var upper = source.Pixel(image, 2 * y, 2 * x);
                    var middle = upper + source.RowStride;
                    var lower = middle + source.RowStride;
                    var result = target.Pixel(image, y, x);
                    for (nint channel = 0; channel < right; channel += Vector<float>.Count)
                    {
                        var below = Vector.MaxNative(Largest(middle + channel, right), Largest(lower + channel, right));
                        var largest = Vector.MaxNative(Largest(upper + channel, right), below);
                        Vector.Store(largest, result + channel);
                    }
                }
            }
        }
    }

    /// <summary>The mean of each window of 2×2; further channels of the target become zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AverageOf2x2(FeatureMap source, FeatureMap target)
    {
        var quarter = Vector.Create(0.25f);
        for (var image = 0; image < target.Images; image++)
        {
            for (var y = 0; y < target.Height; y++)
            {
                for (var x = 0; x < target.Width; x++)
                {
                    var upper = source.Pixel(image, 2 * y, 2 * x);
                    var lower = source.Pixel(image, (2 * y) + 1, 2 * x);
                    var result = target.Pixel(image, y, x);
                    for (var channel = 0; channel < source.Channels; channel += Vector<float>.Count)
                    {
                        var sum = Vector.Load(upper + channel) + Vector.Load(upper + source.Channels + channel)
                            + Vector.Load(lower + channel) + Vector.Load(lower + source.Channels + channel);
                        Vector.Store(sum * quarter, result + channel);
                    }

                    new Span<float>(result + source.Channels, target.Channels - source.Channels).Clear();
                }
            }
        }
    }

    /// <summary>The mean of all pixels of each image.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The channels of an image after those of the one before.</param>
    public static void Average(FeatureMap source, FeatureMap target)
    {
        var part = 1f / (source.Height * source.Width);
        for (var image = 0; image < source.Images; image++)
        {
            var result = target.Row(image, 0, 0, 1);
            result.Clear();
            for (var y = 0; y < source.Height; y++)
            {
                for (var x = 0; x < source.Width; x++)
                {
                    TensorPrimitives.MultiplyAdd(source.Row(image, y, x, 1), part, result, result);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Largest(float* first, nint step) =>
        Vector.MaxNative(Vector.Load(first), Vector.MaxNative(Vector.Load(first + step), Vector.Load(first + (2 * step))));
}

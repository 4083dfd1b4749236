using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Frat.Dlib;

/// <summary>The layers without weights.</summary>
internal static unsafe class Pooling
{
    /// <summary>The largest of each window.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target, of the size that comes out.</param>
    /// <param name="size">Side of a window.</param>
    /// <param name="stride">From a window to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max(FeatureMap source, FeatureMap target, int size, int stride)
    {
        for (var image = 0; image < target.Images; image++)
        {
            for (var y = 0; y < target.Height; y++)
            {
                for (var x = 0; x < target.Width; x++)
                {
                    var first = source.Pixel(image, y * stride, x * stride);
                    var result = target.Pixel(image, y, x);
                    for (var channel = 0; channel < source.Channels; channel += Vector<float>.Count)
                    {
                        var largest = Vector.Load(first + channel);
                        for (var tap = 1; tap < size * size; tap++)
                        {
                            largest = Vector.MaxNative(largest, Vector.Load(first + (tap / size * source.RowStride) + (tap % size * source.Channels) + channel));
                        }

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
}

using System.Runtime.InteropServices;
using Frat.Vision;

namespace Frat.Dlib;

/// <summary>
/// dlib's shape predictor: finds landmarks inside a face box by a cascade of regression trees on differences of pixels. After
/// Kazemi and Sullivan, "One Millisecond Face Alignment with an Ensemble of Regression Trees" (CVPR 2014), in dlib's arithmetic.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class ShapePredictor
{
    private const int MaxPixelsOnStack = 1024;

    private readonly float[] _initialShape;
    private readonly Cascade[] _cascades;

    public ShapePredictor(float[] initialShape, Cascade[] cascades)
    {
        _initialShape = initialShape;
        _cascades = cascades;
    }

    /// <summary>How many landmarks it finds.</summary>
    public int Parts => _initialShape.Length / 2;

    /// <summary>Finds the landmarks of the face in a box.</summary>
    /// <param name="image">The image.</param>
    /// <param name="box">The face as the detector found it; it may reach beyond the image.</param>
    /// <returns><see cref="Parts"/> points, rounded to whole pixels as dlib does: the chip depends on it.</returns>
    public FacePoint[] Predict(RgbImage image, FaceBox box)
    {
        Span<float> shape = stackalloc float[_initialShape.Length];
        _initialShape.CopyTo(shape);
        Span<float> onStack = stackalloc float[MaxPixelsOnStack];
        foreach (var cascade in _cascades)
        {
            var pixels = cascade.Pixels.Length <= MaxPixelsOnStack ? onStack[..cascade.Pixels.Length] : new float[cascade.Pixels.Length];
            SamplePixels(image, box, shape, cascade.Pixels, pixels);
            AddTrees(cascade, pixels, shape);
        }

        var points = new FacePoint[Parts];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new FacePoint(
                RoundToPixel(ToImage(box.Left, box.Right, shape[2 * i])),
                RoundToPixel(ToImage(box.Top, box.Bottom, shape[(2 * i) + 1])));
        }

        return points;
    }

    private void SamplePixels(RgbImage image, FaceBox box, ReadOnlySpan<float> shape, ReferencePixel[] references, Span<float> values)
    {
        // The pixels are given relative to the mean shape; they turn and scale with the current one.
        var transform = AffineTransform.SimilarityBetween<float>(_initialShape, shape);
        var (m11, m12) = ((float)transform.M11, (float)transform.M12);
        var (m21, m22) = ((float)transform.M21, (float)transform.M22);
        ReadOnlySpan<byte> pixels = image.Pixels;
        var stride = image.Stride;
        for (var i = 0; i < references.Length; i++)
        {
            ref readonly var reference = ref references[i];
            var x = (m11 * reference.X) + (m12 * reference.Y) + shape[2 * reference.Anchor];
            var y = (m21 * reference.X) + (m22 * reference.Y) + shape[(2 * reference.Anchor) + 1];
            var column = RoundToPixel(ToImage(box.Left, box.Right, x));
            var row = RoundToPixel(ToImage(box.Top, box.Bottom, y));
            if ((uint)column < (uint)image.Width && (uint)row < (uint)image.Height)
            {
                var pixel = pixels.Slice((row * stride) + (column * RgbImage.BytesPerPixel), RgbImage.BytesPerPixel);
                values[i] = (pixel[0] + pixel[1] + pixel[2]) / 3;
            }
            else
            {
                values[i] = 0;
            }
        }
    }

    private static void AddTrees(Cascade cascade, ReadOnlySpan<float> pixels, Span<float> shape)
    {
        var splitsPerTree = cascade.SplitsPerTree;
        ReadOnlySpan<Split> splits = cascade.Splits;
        ReadOnlySpan<float> leaves = cascade.Leaves;
        for (var tree = 0; tree < cascade.Trees; tree++)
        {
            var nodes = splits.Slice(tree * splitsPerTree, splitsPerTree);
            var node = 0;
            while (node < nodes.Length)
            {
                ref readonly var split = ref nodes[node];
                node = (2 * node) + (pixels[split.First] - pixels[split.Second] > split.Threshold ? 1 : 2);
            }

            var leaf = (tree * (splitsPerTree + 1)) + node - splitsPerTree;
            var delta = leaves.Slice(leaf * shape.Length, shape.Length);
            for (var i = 0; i < shape.Length; i++)
            {
                shape[i] += delta[i];
            }
        }
    }

    // The shape lives in a unit square whose corners are the centres of the box's corner pixels.
    private static double ToImage(int first, int last, float value) => first + (((double)last - first) * value);

    private static int RoundToPixel(double value) => (int)Math.Floor(value + 0.5);

    /// <summary>One level of the cascade: pixels to look at, then trees of one depth, stored one after another.</summary>
    internal sealed record Cascade(int Trees, int SplitsPerTree, Split[] Splits, float[] Leaves, ReferencePixel[] Pixels);

    /// <summary>A node: to the first child where the difference of two pixels is over the threshold, to the second otherwise.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Split(ushort First, ushort Second, float Threshold);

    /// <summary>Where a pixel is, as the distance from a landmark of the mean shape.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct ReferencePixel(int Anchor, float X, float Y);
}

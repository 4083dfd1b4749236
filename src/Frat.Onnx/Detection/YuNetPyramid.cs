using System.Numerics;

namespace Frat.Onnx;

/// <summary>Which sizes of an image the network looks at: the image halved as often as it takes, in tiles where that is large.</summary>
/// <remarks>
/// The network is trained with faces of up to about 300 pixels. So a level shows those of <see cref="SmallestInLevel"/> pixels up to the
/// largest that fits into <see cref="LargestInLevel"/>, and each further level those of twice the size.
/// </remarks>
internal static class YuNetPyramid
{
    // Below, scores fall, and with them what is found.
    private const int SmallestInLevel = 40;
    private const int LargestInLevel = 320;

    // What a run's memory is bounded by.
    private const int TileSide = 640;

    // So that each face is wholly in one tile: the largest where no further level sees it better, else what that doesn't see well.
    private const int LastOverlap = LargestInLevel;
    private const int Overlap = LargestInLevel / 2;

    /// <summary>How often an image is halved for the first level, and for the last one.</summary>
    public static (int First, int Last) Levels(int width, int height, int smallestFace)
    {
        var last = 0;
        while (Math.Min(width, height) >> last > LargestInLevel)
        {
            last++;
        }

        return (Math.Min(last, BitOperations.Log2((uint)Math.Max(1, smallestFace / SmallestInLevel))), last);
    }

    /// <summary>The rectangles to look at one after another in a level.</summary>
    public static IEnumerable<Tile> Tiles(int width, int height, bool isLast)
    {
        var overlap = isLast ? LastOverlap : Overlap;
        foreach (var (top, rows) in Cut(height, overlap))
        {
            foreach (var (left, columns) in Cut(width, overlap))
            {
                yield return new Tile(left, top, columns, rows);
            }
        }
    }

    /// <summary>Halves an image: each pixel is the mean of four.</summary>
    /// <returns>Half of each side, rounded down, 1 at least; the caller disposes it.</returns>
    public static RgbImage Halve(RgbImage image)
    {
        const int colours = RgbImage.BytesPerPixel;
        var half = new RgbImage(Math.Max(1, image.Width / 2), Math.Max(1, image.Height / 2));
        for (var y = 0; y < half.Height; y++)
        {
            var upper = image.Row(2 * y);
            var lower = image.Row(Math.Min((2 * y) + 1, image.Height - 1));
            var target = half.Row(y);
            var step = image.Width > 1 ? colours : 0;
            for (int i = 0, from = 0; i < target.Length; i += colours, from += 2 * colours)
            {
                for (var colour = 0; colour < colours; colour++)
                {
                    var at = from + colour;
                    target[i + colour] = (byte)((upper[at] + upper[at + step] + lower[at] + lower[at + step] + 2) >> 2);
                }
            }
        }

        return half;
    }

    private static IEnumerable<(int Start, int Length)> Cut(int side, int overlap)
    {
        if (side <= TileSide)
        {
            yield return (0, side);
            yield break;
        }

        // Evenly, so that none is narrow.
        var count = ((side - overlap) + (TileSide - overlap) - 1) / (TileSide - overlap);
        for (var i = 0; i < count; i++)
        {
            yield return ((int)((long)(side - TileSide) * i / (count - 1)), TileSide);
        }
    }

    /// <summary>A rectangle of a level.</summary>
    internal readonly record struct Tile(int Left, int Top, int Width, int Height);
}

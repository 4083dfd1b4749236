using System.Runtime.InteropServices;
using Frat.Vision;

namespace Frat.Dlib;

/// <summary>The chips that dlib's network takes: how a face is cut out for it, and how chips are varied.</summary>
internal static class FaceChip
{
    /// <summary>Width and height in pixels.</summary>
    public const int Size = 150;

    /// <summary>Bytes of a chip: interleaved RGB.</summary>
    public const int Bytes = Size * Size * RgbImage.BytesPerPixel;

    /// <summary>How much of the face's surroundings it shows, as a part of the face on each side.</summary>
    public const double Padding = 0.25;

    /// <summary>What the network takes.</summary>
    public static FaceChipFormat Format { get; } = FormatOf(Size, Padding);

    /// <summary>A chip of any size and padding, onto dlib's mean faces.</summary>
    public static FaceChipFormat FormatOf(int size, double padding) => new() { Size = size, Padding = padding, MeanFaces = MeanFaces.All };

    /// <summary>
    /// Cuts a chip out of a chip, a little moved, turned and scaled, and mirrored or not, as dlib's jitter_image does.
    /// </summary>
    /// <param name="chip">A chip of <see cref="Bytes"/> bytes.</param>
    /// <param name="random">Says how much.</param>
    /// <param name="result">As many bytes.</param>
    public static void Jitter(ReadOnlySpan<byte> chip, DlibRandom random, Span<byte> result)
    {
        const int margin = 3;
        const int side = Size - (2 * margin);
        const double maxMove = 0.02 * side;
        const double maxDegrees = 3;

        // The compiler that dlib was built with computes the arguments of a call from the last to the first.
        var y = random.NextDouble(-maxMove, maxMove);
        var x = random.NextDouble(-maxMove, maxMove);
        var box = (int)(side / random.NextDouble(0.97, 0.99999));
        var angle = random.NextDouble(-maxDegrees, maxDegrees) * Math.PI / 180;
        var (left, top) = ((Size / 2) + RoundToPixel(x) - (box / 2), (Size / 2) + RoundToPixel(y) - (box / 2));
        FaceAligner.CutRegion(chip, Size, Size, new ImageRegion(left, top, left + box - 1, top + box - 1, angle), Size, result);
        if (random.NextDouble() > 0.5)
        {
            Mirror(result, result);
        }
    }

    /// <summary>Mirrors a chip, left to right.</summary>
    /// <param name="chip">A chip of <see cref="Bytes"/> bytes.</param>
    /// <param name="result">As many bytes; may be the same.</param>
    public static void Mirror(ReadOnlySpan<byte> chip, Span<byte> result)
    {
        var from = MemoryMarshal.Cast<byte, Pixel>(chip);
        var to = MemoryMarshal.Cast<byte, Pixel>(result);
        for (var row = 0; row < Size; row++)
        {
            from.Slice(row * Size, Size).CopyTo(to[(row * Size)..]);
            to.Slice(row * Size, Size).Reverse();
        }
    }

    private static int RoundToPixel(double value) => (int)Math.Floor(value + 0.5);

    private readonly record struct Pixel(byte Red, byte Green, byte Blue);
}

using Frat.TestKit;
using SkiaSharp;

namespace Frat.Dlib.Tests.Golden;

/// <summary>What dlib found in one image.</summary>
internal sealed class GoldenImage : GoldenPhoto
{
    /// <summary>The faces, the surest first.</summary>
    public required IReadOnlyList<GoldenFace> Faces { get; init; }

    /// <summary>For an image of 150×150: its encoding when the whole image is taken as a face chip.</summary>
    public float[]? AsChip { get; init; }
}

/// <summary>Where dlib's CNN detector found faces in one image.</summary>
internal sealed class GoldenBoxes : GoldenPhoto
{
    /// <summary>The faces, the surest first.</summary>
    public required IReadOnlyList<GoldenBox> Faces { get; init; }
}

/// <summary>The image that dlib looked at.</summary>
internal abstract class GoldenPhoto
{
    /// <summary>The path below Debian's folder of examples, for example <c>johns/John_Salley/000179_02159509.jpg</c>.</summary>
    public required string File { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The fingerprint of the pixels that dlib saw: <see cref="Fingerprint"/>.</summary>
    public required string Pixels { get; init; }

    /// <summary>How many times the image was doubled before faces were looked for.</summary>
    public required int Upsample { get; init; }

    /// <summary>The smallest face that dlib's HOG detector finds in an image that is doubled so many times.</summary>
    public int SmallestFace => 80 >> Upsample;

    /// <summary>Decodes the photo, and proves that its pixels are the ones that dlib saw. The caller disposes it.</summary>
    public RgbImage Load()
    {
        var path = Path.Combine(Path.GetDirectoryName(DebianPhotos.JohnsFolder)!, File);
        using var bitmap = SKBitmap.Decode(path, new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var image = new RgbImage(bitmap.Width, bitmap.Height);
        var from = bitmap.GetPixelSpan();
        var to = image.Pixels;
        for (var i = 0; i < bitmap.Width * bitmap.Height; i++)
        {
            from.Slice(i * 4, RgbImage.BytesPerPixel).CopyTo(to[(i * RgbImage.BytesPerPixel)..]);
        }

        Fingerprint(image).ShouldBe(Pixels, $"the decoder gave other pixels of {File} than dlib saw");
        return image;
    }

    /// <summary>FNV-1a, 64 bits, over width and height (4 bytes each, little-endian) and all pixels, in hexadecimal.</summary>
    public static string Fingerprint(RgbImage image)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var side in (ReadOnlySpan<int>)[image.Width, image.Height])
        {
            for (var shift = 0; shift < 32; shift += 8)
            {
                hash = (hash ^ (byte)(side >> shift)) * 0x100000001b3UL;
            }
        }

        foreach (var value in image.Pixels)
        {
            hash = (hash ^ value) * 0x100000001b3UL;
        }

        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override string ToString() => File;
}

/// <summary>What dlib found out about one face.</summary>
internal sealed class GoldenFace : GoldenBox
{
    /// <summary>The landmarks, X and Y, which dlib rounds to whole pixels.</summary>
    public required int[][] Landmarks { get; init; }

    /// <summary>100 pixels of the face chip: <see cref="ChipSamples"/> reads them.</summary>
    public required string Chip { get; init; }

    /// <summary>The 128 values of the encoding.</summary>
    public required float[] Encoding { get; init; }

    /// <summary>The landmarks as the contracts have them.</summary>
    public FacePoint[] Points => [.. Landmarks.Select(point => new FacePoint(point[0], point[1]))];

    /// <summary>Pixels of the 150×150 chip at 7, 22, …, 142 both ways, row by row: X, Y, red, green, blue.</summary>
    public IEnumerable<(int X, int Y, byte Red, byte Green, byte Blue)> ChipSamples()
    {
        var rgb = Convert.FromHexString(Chip);
        for (var i = 0; i < rgb.Length / 3; i++)
        {
            yield return (7 + (15 * (i % 10)), 7 + (15 * (i / 10)), rgb[i * 3], rgb[(i * 3) + 1], rgb[(i * 3) + 2]);
        }
    }
}

/// <summary>Where dlib found a face.</summary>
internal class GoldenBox
{
    /// <summary>Left, top, right, bottom, inclusive.</summary>
    public required int[] Box { get; init; }

    /// <summary>The detector's score.</summary>
    public required float Score { get; init; }

    /// <summary>The box as the contracts have it.</summary>
    public FaceBox FaceBox => new(Box[0], Box[1], Box[2], Box[3]);
}

namespace Frat.Dlib;

/// <summary>Doubles images before faces are looked for, as dlib's <c>pyramid_up</c> does with <c>pyramid_down&lt;2&gt;</c>
/// (image_transforms/image_pyramid.h).</summary>
internal static class ImageDoubling
{
    private const double ShiftX = 1.25;
    private const double ShiftY = 0.75;

    /// <summary>The size of a doubled image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="upsample"/> is negative, or the doubled image does not fit into an array.
    /// </exception>
    public static (int Width, int Height) SizeOf(RgbImage image, int upsample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(upsample);
        var (width, height) = ((long)image.Width, (long)image.Height);
        for (var i = 0; i < upsample; i++)
        {
            (width, height) = SizeOfDouble(width, height);
            if (width * height * PlanarImage.Planes > Array.MaxLength)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(upsample),
                    upsample,
                    $"{image.Width}×{image.Height} pixels, doubled {upsample} times, do not fit into one array.");
            }
        }

        return ((int)width, (int)height);
    }

    /// <summary>Takes an image apart and doubles it. The caller disposes the result.</summary>
    public static PlanarImage Double(RgbImage image, int times)
    {
        var doubled = PlanarImage.From(image);
        for (var i = 0; i < times; i++)
        {
            var (width, height) = SizeOfDouble(doubled.Width, doubled.Height);
            doubled = Replace(doubled, (int)width, (int)height);
        }

        return doubled;
    }

    /// <summary>A box of a doubled image, in pixels of the original: computed in double precision, and rounded once at the end.</summary>
    public static FaceBox Halve(FaceBox box, int times)
    {
        var (left, top, right, bottom) = ((double)box.Left, (double)box.Top, (double)box.Right, (double)box.Bottom);
        for (var i = 0; i < times; i++)
        {
            left = (left / 2) - ShiftX;
            top = (top / 2) - ShiftY;
            right = (right / 2) - ShiftX;
            bottom = (bottom / 2) - ShiftY;
        }

        return new FaceBox(Round(left), Round(top), Round(right), Round(bottom));
    }

    /// <summary>Resizes an image and disposes it.</summary>
    public static PlanarImage Replace(PlanarImage image, int width, int height)
    {
        using (image)
        {
            return BilinearResizer.Resize(image, width, height);
        }
    }

    // dlib adds a border.
    private static (long Width, long Height) SizeOfDouble(long width, long height) => ((2 * width) + 2, (2 * height) + 1);

    private static int Round(double value) => (int)Math.Floor(value + 0.5);
}

namespace Frat.Dlib;

/// <summary>Doubles images before faces are looked for, as dlib's <c>pyramid_up</c> does.</summary>
internal static class ImageDoubling
{
    /// <summary>The size of a doubled image.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="upsample"/> is negative, or the doubled image does not fit into an array.</exception>
    public static (int Width, int Height) SizeOf(RgbImage image, int upsample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(upsample);
        var (width, height) = ((long)image.Width, (long)image.Height);
        for (var i = 0; i < upsample; i++)
        {
            (width, height) = FhogPyramid.Double(width, height);
            if (width * height * PlanarImage.Planes > Array.MaxLength)
            {
                throw new ArgumentOutOfRangeException(nameof(upsample), upsample, $"{image.Width}×{image.Height} pixels, doubled {upsample} times, do not fit into one array.");
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
            var (width, height) = FhogPyramid.Double(doubled.Width, doubled.Height);
            doubled = Replace(doubled, (int)width, (int)height);
        }

        return doubled;
    }

    /// <summary>Resizes an image and disposes it.</summary>
    public static PlanarImage Replace(PlanarImage image, int width, int height)
    {
        using (image)
        {
            return BilinearResizer.Resize(image, width, height);
        }
    }
}

namespace Frat.Dlib.Tests.Images;

/// <summary>Images that are drawn, not decoded, so that they can have any size.</summary>
internal static class TestImages
{
    /// <summary>Noise over a slope: every value occurs, and so do equal neighbours and equal colours.</summary>
    public static RgbImage Noise(int width, int height, int seed)
    {
        var random = new Random(seed);
        var image = new RgbImage(width, height);
        for (var y = 0; y < height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < width; x++)
            {
                var gray = (byte)random.Next(256);
                for (var channel = 0; channel < RgbImage.BytesPerPixel; channel++)
                {
                    row[(x * RgbImage.BytesPerPixel) + channel] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)((gray + x + y) / 3);
                }
            }
        }

        return image;
    }
}

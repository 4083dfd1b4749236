namespace Frat.Imaging;

public sealed class AreaScalerTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(7, 5, 7, 5)]
    [InlineData(7, 5, 1, 1)]
    [InlineData(64, 64, 63, 64)]
    [InlineData(100, 3, 99, 1)]
    [InlineData(301, 211, 100, 70)]
    [InlineData(1000, 40, 37, 40)]
    public void Add_EachRow_GivesTheMeansOfWhatEachPixelCovers(int width, int height, int newWidth, int newHeight)
    {
        var picture = new byte[width * height * RgbImage.BytesPerPixel];
        new Random(width).NextBytes(picture);
        var scaler = new AreaScaler(width, height, newWidth, newHeight);
        var result = new byte[newWidth * RgbImage.BytesPerPixel];
        var all = new List<byte>();
        for (var y = 0; y < height; y++)
        {
            if (scaler.Add(picture.AsSpan(y * width * RgbImage.BytesPerPixel, width * RgbImage.BytesPerPixel), result))
            {
                all.AddRange(result);
            }
        }

        var expected = Means(picture, width, height, newWidth, newHeight);
        all.Count.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Math.Abs(all[i] - expected[i]).ShouldBeLessThanOrEqualTo(0.501);
        }
    }

    /// <summary>The same by the definition, on the whole picture.</summary>
    internal static double[] Means(byte[] picture, int width, int height, int newWidth, int newHeight)
    {
        var result = new double[newWidth * newHeight * RgbImage.BytesPerPixel];
        var (across, down) = (width / (double)newWidth, height / (double)newHeight);
        for (var i = 0; i < result.Length; i++)
        {
            var (pixel, channel) = (i / RgbImage.BytesPerPixel, i % RgbImage.BytesPerPixel);
            var (left, top) = (pixel % newWidth * across, pixel / newWidth * down);
            for (var y = (int)top; y < Math.Min(height, Math.Ceiling(top + down)); y++)
            {
                for (var x = (int)left; x < Math.Min(width, Math.Ceiling(left + across)); x++)
                {
                    var part = Math.Max(0, Math.Min(x + 1, left + across) - Math.Max(x, left)) * Math.Max(
                        0, Math.Min(y + 1, top + down) - Math.Max(y, top));
                    result[i] += part * picture[(((y * width) + x) * RgbImage.BytesPerPixel) + channel];
                }
            }

            result[i] /= across * down;
        }

        return result;
    }
}

namespace Frat.Dlib.Tests.Images;

public sealed class BilinearResizerTests
{
    [Theory]
    [InlineData(1, 1, 4, 3)]
    [InlineData(2, 2, 6, 5)]
    [InlineData(9, 7, 1, 1)]
    [InlineData(20, 20, 16, 16)]
    [InlineData(77, 64, 64, 53)]
    [InlineData(853, 40, 710, 33)]
    [InlineData(150, 150, 302, 301)]
    [InlineData(64, 64, 7, 5)]
    [InlineData(3001, 3, 2500, 2)]
    public void Resize_AnySize_EqualsTheScalarTwin(int fromWidth, int fromHeight, int width, int height)
    {
        using var image = TestImages.Noise(fromWidth, fromHeight, seed: fromWidth);
        using var source = PlanarImage.From(image);
        using var resized = BilinearResizer.Resize(source, width, height);

        (resized.Width, resized.Height).ShouldBe((width, height));
        var expected = Twin(image, width, height);
        for (var plane = 0; plane < PlanarImage.Planes; plane++)
        {
            for (var y = 0; y < height; y++)
            {
                Assert.True(resized.Row(plane, y)[..width].SequenceEqual(expected[plane][y]), $"row {y} of plane {plane}");
            }
        }
    }

    // dlib's loop, pixel by pixel: groups of four columns in single precision, then the rest in double precision.
    private static byte[][][] Twin(RgbImage image, int width, int height)
    {
        var planes = Enumerable.Range(0, PlanarImage.Planes)
            .Select(_ => Enumerable.Range(0, height).Select(_ => new byte[width]).ToArray()).ToArray();
        var scaleX = (image.Width - 1) / (double)Math.Max(width - 1, 1);
        var scaleY = (image.Height - 1) / (double)Math.Max(height - 1, 1);
        var y = -scaleY;
        for (var row = 0; row < height; row++)
        {
            y += scaleY;
            var top = (int)Math.Floor(y);
            var bottom = Math.Min(top + 1, image.Height - 1);
            var lower = (float)(y - top);
            var upper = (float)(1 - (y - top));
            float[] x = [(float)(-4 * scaleX),
                (float)((-4 * scaleX) + scaleX), (float)((-4 * scaleX) + (2 * scaleX)), (float)((-4 * scaleX) + (3 * scaleX))];
            var column = 0;
            for (; ; column += 4)
            {
                x = [.. x.Select(position => position + (float)(4 * scaleX))];
                if ((int)x[3] + 1 >= image.Width || column + 4 > width)
                {
                    break;
                }

                for (var i = 0; i < 4; i++)
                {
                    var left = (int)x[i];
                    var fraction = x[i] - left;
                    var inverse = 1 - fraction;
                    for (var plane = 0; plane < PlanarImage.Planes; plane++)
                    {
                        planes[plane][row][column + i] =
                            (byte)(int)((upper * inverse * At(left, top, plane)) + (upper * fraction * At(left + 1, top, plane))
                            + (lower * inverse * At(left, bottom, plane)) + (lower * fraction * At(left + 1, bottom, plane)));
                    }
                }
            }

            var tail = -scaleX + (column * scaleX);
            for (; column < width; column++)
            {
                tail += scaleX;
                var left = (int)Math.Floor(tail);
                var right = Math.Min(left + 1, image.Width - 1);
                var across = tail - left;
                var down = y - top;
                for (var plane = 0; plane < PlanarImage.Planes; plane++)
                {
                    planes[plane][row][column] =
                        (byte)(int)(((1 - down) * (((1 - across) * At(left, top, plane)) + (across * At(right, top, plane))))
                        + (down * (((1 - across) * At(left, bottom, plane)) + (across * At(right, bottom, plane)))));
                }
            }
        }

        return planes;

        float At(int column, int row, int plane) => image.Row(row)[(column * RgbImage.BytesPerPixel) + plane];
    }
}

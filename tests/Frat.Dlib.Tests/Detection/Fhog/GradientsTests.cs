using Frat.Dlib.Tests.Images;

namespace Frat.Dlib.Tests.Detection.Fhog;

public sealed class GradientsTests
{
    private const int EndOfDlibBlocks = 8;

    // dlib's unit vectors.
    private static readonly (float X, float Y)[] Units =
    [
        (1f, 0f), (0.9397f, 0.3420f), (0.7660f, 0.6428f), (0.5f, 0.8660f), (0.1736f, 0.9848f),
        (-0.1736f, 0.9848f), (-0.5f, 0.8660f), (-0.7660f, 0.6428f), (-0.9397f, 0.3420f),
    ];

    [Fact]
    public void Direction_EveryGradientOfBytes_IsTheUnitVectorThatDlibFinds()
    {
        for (var y = -255; y <= 255; y++)
        {
            for (var x = -255; x <= 255; x++)
            {
                if (Gradients.Direction(x, y) % 18 != DlibDirection(x, y))
                {
                    Assert.Fail($"({x}, {y}): {Gradients.Direction(x, y)} instead of {DlibDirection(x, y)}");
                }
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(18)]
    [InlineData(26)]
    [InlineData(35)]
    [InlineData(81)]
    public void Row_AnyWidth_EqualsTheScalarTwin(int width)
    {
        using var image = TestImages.Noise(width, 40, seed: width);
        using var planar = PlanarImage.From(image);
        var lengths = new float[width + 16];
        var directions = new int[width + 16];
        for (var y = 1; y < image.Height - 1; y++)
        {
            Gradients.Row(planar, y, width - 1, lengths, directions);
            for (var x = 1; x < width - 1; x++)
            {
                var later = x < 1 + ((width - 2) / EndOfDlibBlocks * EndOfDlibBlocks);
                Assert.Equal(Twin(image, x, y, later), (lengths[x], directions[x] % 18));
            }
        }
    }

    internal static (float Length, int Direction) Twin(RgbImage image, int x, int y, bool laterColorWins)
    {
        var (length, bestX, bestY) = (-1, 0, 0);
        for (var plane = 0; plane < RgbImage.BytesPerPixel; plane++)
        {
            var gradientX = At(x + 1, y) - At(x - 1, y);
            var gradientY = At(x, y + 1) - At(x, y - 1);
            var squared = (gradientX * gradientX) + (gradientY * gradientY);
            if (squared > length || (squared == length && laterColorWins))
            {
                (length, bestX, bestY) = (squared, gradientX, gradientY);
            }

            int At(int column, int row) => image.Row(row)[(column * RgbImage.BytesPerPixel) + plane];
        }

        return (MathF.Sqrt(length), DlibDirection(bestX, bestY));
    }

    private static int DlibDirection(int x, int y)
    {
        var (best, direction) = (0f, 0);
        for (var i = 0; i < Units.Length; i++)
        {
            var product = (x * Units[i].X) + (y * Units[i].Y);
            if (product > best)
            {
                (best, direction) = (product, i);
            }
            else if (-product > best)
            {
                (best, direction) = (-product, i + Units.Length);
            }
        }

        return direction;
    }
}

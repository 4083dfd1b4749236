namespace Frat.Vision.Tests.Alignment;

public sealed class HalfPyramidTests
{
    [Theory]
    [InlineData(9, 9)]
    [InlineData(10, 31)]
    [InlineData(64, 47)]
    [InlineData(57, 60)]
    [InlineData(211, 12)]
    public void Down_AnyImage_EqualsTheFilterPixelByPixel(int width, int height)
    {
        int[] taps = [1, 4, 6, 4, 1];
        using var image = new RgbImage(width, height);
        new Random(width).NextBytes(image.Pixels);
        using var half = HalfPyramid.Down(new PixelView(image))!;
        (half.Width, half.Height).ShouldBe(((width - 3) / 2, (height - 3) / 2));
        for (var y = 0; y < half.Height; y++)
        {
            for (var x = 0; x < half.Stride; x++)
            {
                var sum = 0;
                for (var dy = 0; dy < 5; dy++)
                {
                    for (var dx = 0; dx < 5; dx++)
                    {
                        sum += taps[dy] * taps[dx] * image.Row((2 * y) + dy)[(((2 * (x / 3)) + dx) * 3) + (x % 3)];
                    }
                }

                ((int)half.Row(y)[x]).ShouldBe(sum / 256);
            }
        }
    }

    [Theory]
    [InlineData(8, 100)]
    [InlineData(100, 8)]
    public void Down_ImageTooSmall_GivesNothing(int width, int height)
    {
        using var image = new RgbImage(width, height);
        HalfPyramid.Down(new PixelView(image)).ShouldBeNull();
    }
}

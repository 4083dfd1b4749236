namespace Frat.Onnx.Tests.Detection;

public sealed class YuNetPyramidTests
{
    [Theory]
    [InlineData(150, 150, 80, 0, 0)]
    [InlineData(640, 480, 80, 1, 1)]
    [InlineData(640, 480, 40, 0, 1)]
    [InlineData(1920, 1080, 80, 1, 2)]
    [InlineData(4000, 3000, 80, 1, 4)]
    [InlineData(4000, 3000, 10, 0, 4)]
    [InlineData(4000, 3000, 4096, 4, 4)]
    [InlineData(1, 5000, 80, 0, 0)]
    public void Levels_OfAnImage_GoFromTheSmallestFaceToOneThatFillsIt(int width, int height, int smallest, int first, int last) =>
        YuNetPyramid.Levels(width, height, smallest).ShouldBe((first, last));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(640, 640)]
    [InlineData(641, 100)]
    [InlineData(4000, 3000)]
    [InlineData(1760, 1761)]
    public void Tiles_OfALevel_ShowEachFaceWholly(int width, int height)
    {
        foreach (var (isLast, face) in new[] { (false, 158), (true, 318) })
        {
            var tiles = YuNetPyramid.Tiles(width, height, isLast).ToList();
            tiles.TrueForAll(tile => tile.Left >= 0 && tile.Top >= 0 && tile.Width <= 640 && tile.Height <= 640
                && tile.Left + tile.Width <= width && tile.Top + tile.Height <= height).ShouldBeTrue();
            for (var x = 0; x == 0 || x + face <= width; x += 7)
            {
                var right = Math.Min(width, x + face);
                tiles.Exists(tile => tile.Left <= x && tile.Left + tile.Width >= right).ShouldBeTrue($"columns {x} to {right}");
            }
        }
    }

    [Fact]
    public void Halve_Image_GivesTheMeanOfFourPixels()
    {
        using var image = new RgbImage(5, 3);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)(i * 5);
        }

        using var half = YuNetPyramid.Halve(image);

        (half.Width, half.Height).ShouldBe((2, 1));
        for (var x = 0; x < 2; x++)
        {
            for (var colour = 0; colour < 3; colour++)
            {
                var sum = new[] { (2 * x, 0), ((2 * x) + 1, 0), (2 * x, 1), ((2 * x) + 1, 1) }
                    .Sum(place => (int)image.Row(place.Item2)[(place.Item1 * 3) + colour]);
                half.Row(0)[(x * 3) + colour].ShouldBe((byte)((sum + 2) / 4));
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    public void Halve_LineOrPixel_KeepsItsColour(int width, int height)
    {
        using var image = new RgbImage(width, height);
        image.Pixels.Fill(77);

        using var half = YuNetPyramid.Halve(image);

        half.Pixels.ToArray().ShouldAllBe(value => value == 77);
    }
}

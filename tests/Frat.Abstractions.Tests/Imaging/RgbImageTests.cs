namespace Frat.Tests.Imaging;

public sealed class RgbImageTests
{
    [Fact]
    public void FromPixels_RightLength_GivesRows()
    {
        using var image = RgbImage.FromPixels(2, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

        image.Row(1).ToArray().ShouldBe([7, 8, 9, 10, 11, 12]);
        image.Pixels.Length.ShouldBe(12);
        image.Stride.ShouldBe(6);
    }

    [Fact]
    public void FromPixels_WrongLength_Throws() => Should.Throw<ArgumentException>(() => RgbImage.FromPixels(2, 2, new byte[11]));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    [InlineData(40_000, 40_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Constructor_ImpossibleSize_Throws(int width, int height) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new RgbImage(width, height));

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Row_OutsideTheImage_Throws(int y)
    {
        using var image = new RgbImage(2, 2);

        Should.Throw<ArgumentOutOfRangeException>(() => image.Row(y).Length);
    }

    [Fact]
    public void Pixels_AfterDispose_Throws()
    {
        var image = new RgbImage(1, 1);

        image.Dispose();
        image.Dispose();

        Should.Throw<ObjectDisposedException>(() => image.Pixels.Length);
    }

    [Fact]
    public void Dispose_ImageOfAFace_LeavesNoPixelsInThePool()
    {
        var image = new RgbImage(64, 64);
        image.Pixels.Fill(0xAB);
        var pixels = image.Memory;

        image.Dispose();

        pixels.Span.IndexOfAnyExcept((byte)0).ShouldBe(-1);
    }
}

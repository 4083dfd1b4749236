namespace Frat.Dlib.Tests.Detection.Mmod;

public sealed class TiledPyramidLayoutTests
{
    [Theory]
    [InlineData(853, 480)]
    [InlineData(1920, 1080)]
    [InlineData(480, 853)]
    [InlineData(302, 301)]
    public void Levels_Photo_LieInsideWithoutOverlap(int width, int height)
    {
        var layout = new TiledPyramidLayout(width, height);
        layout.Levels[0].ShouldBe(new FaceBox(11, 11, width + 10, height + 10));
        layout.Levels.Count.ShouldBeGreaterThan(10);
        for (var i = 0; i < layout.Levels.Count; i++)
        {
            var level = layout.Levels[i];
            (level.Left >= 11 && level.Top >= 11 && level.Right < layout.Width - 11 && level.Bottom < layout.Height - 11)
                .ShouldBeTrue($"level {i}");
            layout.Levels.Skip(i + 1).ShouldAllBe(other =>
                other.Left > level.Right || other.Right < level.Left || other.Top > level.Bottom || other.Bottom < level.Top);
        }
    }

    [Fact]
    public void ToImage_CenterOfALevel_IsTheCenterOfTheImage()
    {
        var layout = new TiledPyramidLayout(1200, 900);
        for (var i = 0; i < 6; i++)
        {
            var level = layout.Levels[i];
            var box = layout.ToImage((level.Left + level.Right) / 2, (level.Top + level.Bottom) / 2, 81, 81);
            ((box.Left + box.Right) / 2.0).ShouldBe(599.5, 3);
            ((box.Top + box.Bottom) / 2.0).ShouldBe(449.5, 3);
            ((double)box.Width).ShouldBe((80 * Math.Pow(1.2, i)) + 1, 1);
        }
    }
}

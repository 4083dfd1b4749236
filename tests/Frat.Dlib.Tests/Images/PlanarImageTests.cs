namespace Frat.Dlib.Tests.Images;

/// <summary>Alone in the process while they run: images of other tests would take and give the same pages.</summary>
[CollectionDefinition(nameof(PlanarImageTests), DisableParallelization = true)]
[Collection(nameof(PlanarImageTests))]
public sealed class PlanarImageTests
{
    [Fact]
    public void Create_LargeImagesAgainAndAgain_TakesTheSamePages()
    {
        FillAndDispose();
        var kept = PagePool.Shared.Kept;
        kept.ShouldBeGreaterThanOrEqualTo(1920 * 1080 * PlanarImage.Planes);

        FillAndDispose();

        PagePool.Shared.Kept.ShouldBe(kept);
    }

    [Fact]
    public void Create_LargeImageAfterAnother_SeesNoneOfItsPixels()
    {
        FillAndDispose();

        using var image = new PlanarImage(1920, 1080);

        for (var y = 0; y < image.Height; y++)
        {
            image.Row(2, y).ContainsAnyExcept((byte)0).ShouldBeFalse();
        }
    }

    private static void FillAndDispose()
    {
        using var image = new PlanarImage(1920, 1080);
        for (var plane = 0; plane < PlanarImage.Planes; plane++)
        {
            for (var y = 0; y < image.Height; y++)
            {
                image.Row(plane, y).Fill(byte.MaxValue);
            }
        }
    }
}

namespace Frat.Dlib.Tests.Golden;

public sealed class GoldenFileTests
{
    [Fact]
    public void Johns_AllPhotos_HaveOneFaceAndTheirOwnEncoding()
    {
        GoldenFile.Johns.Count.ShouldBe(55);
        GoldenFile.Johns.ShouldAllBe(image =>
            image.Faces.Count == 1 && image.Faces[0].Encoding.Length == 128 && image.AsChip!.Length == 128);
        GoldenFile.Johns.ShouldAllBe(image => image.Faces[0].ChipSamples().Count() == 100 && image.Faces[0].Landmarks.Length == 5);
    }

    [Fact]
    public void Load_AllPhotos_GivesThePixelsThatDlibSaw()
    {
        foreach (var golden in GoldenFile.Johns.Concat(GoldenFile.Faces))
        {
            using var image = golden.Load();
            (image.Width, image.Height).ShouldBe((golden.Width, golden.Height));
        }
    }
}

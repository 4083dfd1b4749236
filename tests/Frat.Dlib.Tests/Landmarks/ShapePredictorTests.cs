using Frat.Dlib.Tests.Golden;

namespace Frat.Dlib.Tests.Landmarks;

public sealed class ShapePredictorTests
{
    [Fact]
    public void Predict_AllPhotos_GivesThePointsOfDlib()
    {
        var predictor = ShapePredictorFile.Load(
            Path.Combine(TestModels.Folder, ShapePredictorFile.FileName), LandmarkScheme.EyeCorners.Count);
        foreach (var golden in GoldenFile.Johns.Concat(GoldenFile.Faces).Concat(GoldenFile.FacesUpsampled))
        {
            using var image = golden.Load();
            foreach (var face in golden.Faces)
            {
                // dlib rounds to whole pixels, so there is nothing between equal and wrong.
                predictor.Predict(image, face.FaceBox)
                    .Select(point => new[] { (int)point.X, (int)point.Y }).ShouldBe(face.Landmarks, golden.File);
            }
        }
    }

    [Theory]
    [InlineData(-1000, -1000, -800, -800)]
    [InlineData(-50, -50, 99, 99)]
    [InlineData(140, 140, 400, 400)]
    [InlineData(10, 10, 10, 10)]
    [InlineData(20, 20, 10, 10)]
    [InlineData(int.MinValue, int.MinValue, int.MaxValue, int.MaxValue)]
    public void Predict_BoxThatIsNoFace_StillGivesFivePoints(int left, int top, int right, int bottom)
    {
        var predictor = ShapePredictorFile.Load(
            Path.Combine(TestModels.Folder, ShapePredictorFile.FileName), LandmarkScheme.EyeCorners.Count);
        using var image = GoldenFile.Johns[0].Load();
        predictor.Predict(image, new FaceBox(left, top, right, bottom)).Length.ShouldBe(LandmarkScheme.EyeCorners.Count);
    }
}

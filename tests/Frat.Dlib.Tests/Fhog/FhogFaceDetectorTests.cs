using Frat.Dlib.Tests.Golden;

namespace Frat.Dlib.Tests.Fhog;

public sealed class FhogFaceDetectorTests
{
    private const float ScoreTolerance = 1e-5f;

    private static readonly FhogFaceDetector Detector = FhogFaceDetector.LoadEmbedded();

    [Fact]
    public void Detect_Johns_FindsWhatDlibFinds() => Compare(GoldenFile.Johns);

    [Fact]
    public void Detect_Faces_FindsWhatDlibFinds() => Compare(GoldenFile.Faces);

    [Fact]
    public void Detect_FacesUpsampled_FindsWhatDlibFinds() => Compare(GoldenFile.FacesUpsampled);

    private static void Compare(IReadOnlyList<GoldenImage> images)
    {
        foreach (var golden in images)
        {
            using var image = golden.Load();
            var faces = Detector.Detect(image, golden.Upsample);
            faces.Select(face => face.Box).ShouldBe(golden.Faces.Select(face => face.FaceBox), golden.File);
            for (var i = 0; i < faces.Count; i++)
            {
                faces[i].Score.ShouldBe(golden.Faces[i].Score, ScoreTolerance, $"face {i} of {golden.File}");
            }
        }
    }
}

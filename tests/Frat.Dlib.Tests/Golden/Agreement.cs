namespace Frat.Dlib.Tests.Golden;

/// <summary>Holds an encoder to what dlib found.</summary>
internal static class Agreement
{
    public static async Task WithDlibAsync(DlibFaceEncoder encoder, IReadOnlyList<GoldenImage> images)
    {
        foreach (var golden in images)
        {
            using var image = golden.Load();
            var faces = await encoder.EncodeAsync(image, new FaceEncodeOptions { SmallestFace = golden.SmallestFace });
            faces.Count.ShouldBe(golden.Faces.Count, golden.File);
            faces.Select(face => face.Score).ShouldBe(faces.Select(face => face.Score).OrderDescending(), golden.File);
            foreach (var expected in golden.Faces)
            {
                // Two faces of the same score may change places.
                var face = faces.MinBy(candidate =>
                    Math.Abs(candidate.Box.Left - expected.Box[0]) + Math.Abs(candidate.Box.Top - expected.Box[1]))!;
                Math.Abs(face.Box.Left - expected.Box[0]).ShouldBeLessThanOrEqualTo(1, golden.File);
                Math.Abs(face.Box.Top - expected.Box[1]).ShouldBeLessThanOrEqualTo(1, golden.File);
                Math.Abs(face.Box.Right - expected.Box[2]).ShouldBeLessThanOrEqualTo(1, golden.File);
                Math.Abs(face.Box.Bottom - expected.Box[3]).ShouldBeLessThanOrEqualTo(1, golden.File);
                face.Score.ShouldBe(expected.Score, 1e-3, golden.File);
                face.Landmarks.Points.Count.ShouldBe(expected.Landmarks.Length);
                for (var i = 0; i < expected.Landmarks.Length; i++)
                {
                    face.Landmarks.Points[i].X.ShouldBe(expected.Landmarks[i][0], 0.5, golden.File);
                    face.Landmarks.Points[i].Y.ShouldBe(expected.Landmarks[i][1], 0.5, golden.File);
                }

                face.Encoding.EuclideanDistance(new FaceEncoding("dlib-resnet-v1", expected.Encoding)).ShouldBeLessThan(1e-3f, golden.File);
            }
        }
    }
}

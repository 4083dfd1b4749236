using System.Text.Json;
using Frat.Vision;

namespace Frat.Onnx.Tests.Golden;

/// <summary>
/// The golden files beside this one: what OpenCV's networks made of Debian's photos, printed by
/// <c>benchmarks/onnx-reference</c>.
/// </summary>
public sealed class GoldenTests : IDisposable
{
    private readonly OnnxFaceEmbedder _embedder = TestModels.MobileFaceNet();
    private readonly YuNetFaceDetector _detector = TestModels.YuNet();

    public void Dispose()
    {
        _embedder.Dispose();
        _detector.Dispose();
    }

    [Fact]
    public async Task EmbedAsync_FacesByTheSamePoints_GivesWhatOpenCvGives()
    {
        foreach (var golden in Read<GoldenEncoding>("mobilefacenet.jsonl"))
        {
            using var image = Photos.Load(golden.File);
            var landmarks = new FaceLandmarks(LandmarkScheme.EyeCenters, ToPoints(golden.Points));
            using var chip = FaceAligner.Cut(image, landmarks, _embedder.ChipFormat);

            var encoding = (await _embedder.EmbedAsync([chip])).ShouldHaveSingleItem();

            encoding.CosineDistance(new FaceEncoding(encoding.EncoderId, golden.Encoding)).ShouldBeLessThan(1e-4f, golden.File);
            encoding.Values.ToArray().Sum(value => value * value).ShouldBe(1, 1e-5f);
        }
    }

    [Fact]
    public async Task DetectAsync_PhotosThatAreSeenAsTheyAre_GivesTheBoxesAndScoresThatOpenCvGives()
    {
        foreach (var golden in Read<GoldenFaces>("yunet.jsonl"))
        {
            using var image = Photos.Load(golden.File);

            var faces = await _detector.DetectAsync(image, new FaceEncodeOptions { SmallestFace = 40 });

            faces.Count.ShouldBe(golden.Faces.Count, golden.File);
            if (Math.Min(image.Width, image.Height) > 320)
            {
                continue; // It is seen halved as well, and another score may be the larger one.
            }

            foreach (var (face, expected) in faces.Zip(golden.Faces))
            {
                face.Score.ShouldBe(expected.Score, 2e-4, golden.File);
                new[] { face.Box.Left, face.Box.Top, face.Box.Right, face.Box.Bottom }
                    .Zip(expected.Box).ShouldAllBe(side => Math.Abs(side.First - side.Second) <= 0.51);

                // Landmarks are found a second time, in the face alone: at the edge of a photo, the network pulls them towards it.
                face.Landmarks.Points.Zip(ToPoints(expected.Points))
                    .ShouldAllBe(point => Math.Abs(point.First.X - point.Second.X) < 10 && Math.Abs(point.First.Y - point.Second.Y) < 10);
            }
        }
    }

    private static List<T> Read<T>(string name) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", name))
            .Select(line => JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web)!),
    ];

    private static FacePoint[] ToPoints(float[][] points) => [.. points.Select(point => new FacePoint(point[0], point[1]))];

    private sealed record GoldenEncoding(string File, float[][] Points, float[] Encoding);

    private sealed record GoldenFaces(string File, List<GoldenFace> Faces);

    private sealed record GoldenFace(float[] Box, float Score, float[][] Points);
}

using Frat.TestKit;
using Frat.Vision;

namespace Frat.Onnx.Tests;

/// <summary>MobileFaceNet behind YuNet, as one encoder, on all of Debian's photos.</summary>
public sealed class MobileFaceNetTests : IDisposable
{
    private readonly OnnxFaceEmbedder _embedder = TestModels.MobileFaceNet();
    private readonly YuNetFaceDetector _detector = TestModels.YuNet();

    public void Dispose()
    {
        _embedder.Dispose();
        _detector.Dispose();
    }

    [Fact]
    public async Task EncodeAsync_FivePeopleElevenPhotosEach_TellsThemApartAtTheRecommendedDistance()
    {
        var encoder = new FaceEncoder(_detector, _embedder);
        var faces = new List<(string Person, FaceEncoding Encoding)>();
        var pitches = new List<double>();
        foreach (var (person, photos) in DebianPhotos.Johns)
        {
            foreach (var photo in photos)
            {
                using var image = Photos.Load(photo);
                var face = (await encoder.EncodeAsync(image)).ShouldHaveSingleItem(photo);
                face.Quality.ShouldNotBeNull().EyeDistance.ShouldBeInRange(40, 80);
                pitches.Add(face.Quality.Pitch);
                faces.Add((person, face.Encoding));
            }
        }

        var pairs = faces.SelectMany((face, i) => faces.Skip(i + 1).Select(other =>
            (Same: face.Person == other.Person, Distance: encoder.Info.Distance(face.Encoding, other.Encoding)))).ToList();
        var (within, between) = (pairs.Where(pair => pair.Same).ToList(), pairs.Where(pair => !pair.Same).ToList());
        within.Max(pair => pair.Distance).ShouldBeLessThan(0.45f);
        between.Min(pair => pair.Distance).ShouldBeGreaterThan(0.65f);
        encoder.Info.RecommendedMaxDistance.ShouldBe(0.53f);
        pitches.Average().ShouldBe(0, 8); // People who look ahead don't nod, though the tip of the nose is not its base.
        within.Average(pair => (double)pair.Distance).ShouldBe(0.185, 0.01);
        between.Average(pair => (double)pair.Distance).ShouldBe(0.976, 0.02);
    }

    // dlib's detector finds 68 in the doubled photos.
    [Fact]
    public async Task DetectAsync_TwelveScenes_FindsWhoIsThereAndNoDog()
    {
        var found = new Dictionary<string, int>();
        foreach (var photo in DebianPhotos.Faces)
        {
            using var image = Photos.Load(photo);
            found.Add(Path.GetFileName(photo), (await _detector.DetectAsync(image, new FaceEncodeOptions { SmallestFace = 40 })).Count);
        }

        found.Values.Sum().ShouldBeInRange(66, 68);
        found["dogs.jpg"].ShouldBe(0);
        found["bald_guys.jpg"].ShouldBe(24);
        found.Single(photo => photo.Key.EndsWith("_2014_4.jpg", StringComparison.Ordinal)).Value.ShouldBe(1); // 589 pixels high.
    }
}

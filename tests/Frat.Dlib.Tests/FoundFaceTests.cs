using Frat.Dlib.Tests.Golden;
using Frat.Vision;

namespace Frat.Dlib.Tests;

/// <summary>Finding first, encoding later: by dlib's encoder, and by one that is put together of its halves.</summary>
public sealed class FoundFaceTests(LoadedEncoder loaded) : IClassFixture<LoadedEncoder>
{
    private readonly DlibFaceEncoder _encoder = loaded.Encoder;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EncodeFoundAsync_FacesOfSeveralImages_GivesWhatEncodeAsyncGives(bool isComposed)
    {
        IFaceEncoder encoder = isComposed ? new FaceEncoder(_encoder, _encoder) : _encoder;
        var (found, wanted) = (new List<FoundFace>(), new List<Face>());
        foreach (var golden in GoldenFile.Johns.Take(3).Concat(GoldenFile.Faces.Take(1)))
        {
            using var image = golden.Load();
            found.AddRange(await encoder.FindAsync(image));
            wanted.AddRange(await _encoder.EncodeAsync(image));
        }

        // The images are gone.
        var encodings = await encoder.EncodeFoundAsync(found);

        found.Count.ShouldBe(wanted.Count);
        found.Count.ShouldBeGreaterThan(2);
        found.Select(face => (face.Box, face.Score, face.Quality)).ShouldBe(wanted.Select(face => (face.Box, face.Score, face.Quality)));
        found.ShouldAllBe(face => Math.Abs(face.EyeDistance - face.Landmarks.EyeDistance) < 1e-3f);
        encodings.Zip(wanted).ShouldAllBe(pair => pair.First.EuclideanDistance(pair.Second.Encoding) < 1e-5f);
        found.ForEach(face => face.Dispose());
        Should.Throw<ObjectDisposedException>(() => found[0].Chip!.Pixels.Length);
    }

    [Fact]
    public async Task EncodeFoundAsync_FaceOfAnotherEncoder_IsRefused()
    {
        using var image = GoldenFile.Johns[0].Load();
        var face = (await _encoder.FindAsync(image))[0];
        using var other = new FoundFace { Box = face.Box, Score = face.Score, Landmarks = face.Landmarks };
        using var small = new FoundFace { Box = face.Box, Score = face.Score, Landmarks = face.Landmarks, Chip = new RgbImage(8, 8) };

        await Should.ThrowAsync<ArgumentException>(async () => await _encoder.EncodeFoundAsync([other]));
        await Should.ThrowAsync<ArgumentException>(async () => await _encoder.EncodeFoundAsync([small]));
        (await _encoder.EncodeFoundAsync([])).ShouldBeEmpty();
        face.Dispose();
    }

    // A camera's next frame: the face is a little elsewhere, and a little larger or smaller.
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.3, -0.2, 0)]
    [InlineData(-0.25, 0.1, 0.15)]
    [InlineData(0.1, 0.1, -0.1)]
    public async Task FindAsync_AroundWhereEachFaceWas_FindsTheSameFace(double right, double down, double larger)
    {
        var (lost, distances) = (0, new List<float>());
        foreach (var golden in GoldenFile.Faces.Concat(GoldenFile.Johns))
        {
            using var image = golden.Load();
            foreach (var face in await _encoder.EncodeAsync(image))
            {
                var side = face.Box.Width;
                var (x, y, grow) = ((int)(right * side), (int)(down * side), (int)(larger * side / 2));
                var was = new FaceBox(
                    face.Box.Left + x - grow, face.Box.Top + y - grow, face.Box.Right + x + grow, face.Box.Bottom + y + grow);

                var found = await _encoder.FindAsync(image, new FaceEncodeOptions { Around = was, MaxFaces = 8 });

                var same = found.FirstOrDefault(one => Overlap(one.Box, face.Box) > 0.4);
                lost += same is null ? 1 : 0;
                distances.AddRange(same is null
                    ? [] : (await _encoder.EncodeFoundAsync([same])).Select(encoding => encoding.EuclideanDistance(face.Encoding)));
                foreach (var one in found)
                {
                    one.Dispose();
                }
            }
        }

        // One of them is half covered: its landmarks are somewhere else wherever its box moves to.
        lost.ShouldBe(0);
        distances.Count.ShouldBe(91);
        distances.Count(distance => distance < 0.15f).ShouldBeGreaterThanOrEqualTo(90);
    }

    [Theory]
    [InlineData(-5000, -5000, -4900, -4900)]
    [InlineData(int.MinValue, int.MinValue, int.MaxValue, int.MaxValue)]
    [InlineData(5, 5, 5, 5)]
    [InlineData(int.MaxValue - 1, 0, int.MaxValue, 1)]
    public async Task FindAsync_AroundWhereNothingIs_FindsNobodyOrLooksAtAll(int left, int top, int right, int bottom)
    {
        using var image = GoldenFile.Johns[0].Load();

        var found = await _encoder.FindAsync(image, new FaceEncodeOptions { Around = new FaceBox(left, top, right, bottom) });

        foreach (var face in found)
        {
            face.Dispose();
        }
    }

    private static double Overlap(FaceBox one, FaceBox other)
    {
        var width = Math.Max(0, Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left) + 1);
        var height = Math.Max(0, Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top) + 1);
        var both = (double)width * height;
        return both / (((double)one.Width * one.Height) + ((double)other.Width * other.Height) - both);
    }
}

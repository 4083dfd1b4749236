using Frat.Dlib.Tests.Golden;

namespace Frat.Dlib.Tests;

public sealed class DlibFaceEncoderTests(LoadedEncoder loaded) : IClassFixture<LoadedEncoder>
{
    private readonly DlibFaceEncoder _encoder = loaded.Encoder;

    [Fact]
    public async Task EncodeAsync_Johns_FindsTheFacesOfDlib() => await Agreement.WithDlibAsync(_encoder, GoldenFile.Johns);

    [Fact]
    public async Task EncodeAsync_Scenes_FindsTheFacesOfDlib() => await Agreement.WithDlibAsync(_encoder, GoldenFile.Faces);

    [Fact]
    public async Task EncodeAsync_ScenesUpsampled_FindsTheFacesOfDlib() =>
        await Agreement.WithDlibAsync(_encoder, GoldenFile.FacesUpsampled);

    [Fact]
    public async Task EncodeAsync_Johns_TellsFivePeopleApart()
    {
        var people = new List<(string Person, FaceEncoding Encoding)>();
        foreach (var golden in GoldenFile.Johns)
        {
            people.Add((Path.GetDirectoryName(golden.File)!, (await EncodeAsync(golden)).Single().Encoding));
        }

        var pairs = people.SelectMany((one, i) => people.Skip(i + 1)
            .Select(other => (Same: one.Person == other.Person, Distance: one.Encoding.EuclideanDistance(other.Encoding)))).ToList();
        pairs.Count(pair => pair.Same).ShouldBe(275);
        pairs.Count(pair => !pair.Same).ShouldBe(1210);
        pairs.Where(pair => pair.Same).Max(pair => pair.Distance).ShouldBeLessThan(0.570f);
        pairs.Where(pair => !pair.Same).Min(pair => pair.Distance).ShouldBeGreaterThan(0.661f);
    }

    [Fact]
    public async Task EncodeAsync_SixteenTasksOnOneInstance_GivesWhatOneThreadGives()
    {
        var images = GoldenFile.Johns.Take(8).Append(GoldenFile.Faces[0]).ToList();
        var expected = new List<IReadOnlyList<Face>>();
        foreach (var golden in images)
        {
            expected.Add(await EncodeAsync(golden));
        }

        await Task.WhenAll(Enumerable.Range(0, 16).Select(task => Task.Run(async () =>
        {
            for (var i = 0; i < images.Count; i++)
            {
                var index = (i + task) % images.Count;
                var faces = await EncodeAsync(images[index]);
                faces.Select(face => face.Encoding).ShouldBe(expected[index].Select(face => face.Encoding));
                faces.Select(face => face.Box).ShouldBe(expected[index].Select(face => face.Box));
            }
        })));
    }

    [Fact]
    public async Task EncodeAsync_MaxFaces_GivesTheLargestAsTheyAreWithoutIt()
    {
        using var image = GoldenFile.Faces.MaxBy(golden => golden.Faces.Count)!.Load();
        var all = await _encoder.EncodeAsync(image);
        all.Count.ShouldBeGreaterThan(3);

        var some = await _encoder.EncodeAsync(image, new FaceEncodeOptions { MaxFaces = 2 });

        var largest = all.OrderByDescending(face => face.Box.Width * face.Box.Height).Take(2).Select(face => face.Box).ToHashSet();
        some.Select(face => face.Box).ShouldBe(all.Select(face => face.Box).Where(largest.Contains));
        some.ShouldAllBe(face => face.Encoding.EuclideanDistance(all.Single(other => other.Box == face.Box).Encoding) < 1e-4);
        (await _encoder.EncodeAsync(image, new FaceEncodeOptions { MaxFaces = 100 })).Count.ShouldBe(all.Count);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            async () => await _encoder.EncodeAsync(image, new FaceEncodeOptions { MaxFaces = 0 }));
    }

    [Fact]
    public async Task EncodeAsync_ImageWithoutFace_GivesNone()
    {
        using var image = new RgbImage(320, 240);
        image.Pixels.Fill(200);
        (await _encoder.EncodeAsync(image)).ShouldBeEmpty();
    }

    [Fact]
    public async Task EncodeAsync_OnePixel_GivesNone()
    {
        using var image = RgbImage.FromPixels(1, 1, [1, 2, 3]);
        (await _encoder.EncodeAsync(image)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(9)]
    public async Task EncodeAsync_SmallerFacesThanItCanFind_Throws(int smallest)
    {
        using var image = new RgbImage(10, 10);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            async () => await _encoder.EncodeAsync(image, new FaceEncodeOptions { SmallestFace = smallest }));
    }

    [Fact]
    public async Task EncodeAsync_Cancelled_Throws()
    {
        using var image = GoldenFile.Johns[0].Load();
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await _encoder.EncodeAsync(image, cancellationToken: new CancellationToken(true)));
    }

    [Fact]
    public async Task EncodeAsync_CancelledInTheMiddle_ThrowsAndGivesTheSlotBack()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false, MaxConcurrency = 1 });
        await encoder.LoadAsync();
        using var image = GoldenFile.Faces[0].Load();
        using var cancellation = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 20)
            .Select(_ => encoder.EncodeAsync(image, cancellationToken: cancellation.Token).AsTask()).ToList();
        await calls[0];
        await cancellation.CancelAsync();
        var results = await Task.WhenAll(calls.Select(async call =>
        {
            try
            {
                await call;
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }));
        results.ShouldContain(false);
        (await encoder.EncodeAsync(image)).Count.ShouldBe(GoldenFile.Faces[0].Faces.Count);
    }

    [Fact]
    public void Info_BeforeLoading_IsKnown()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false });
        encoder.Info.ShouldBe(new FaceEncoderInfo
        {
            Id = "dlib-resnet-v1",
            Way = FaceEncoderInfo.PlainWay,
            CanJitter = true,
            Dimension = 128,
            RecommendedMaxDistance = 0.6f,
            SmallestFace = 80,
        });
    }

    [Theory]
    [InlineData(DlibDetectorKind.Hog, 0, 80)]
    [InlineData(DlibDetectorKind.Hog, 1, 40)]
    [InlineData(DlibDetectorKind.Cnn, 0, 40)]
    [InlineData(DlibDetectorKind.Cnn, 3, 5)]
    public void SmallestFace_OfADetectorAndItsOptions_IsKnownBeforeLoading(DlibDetectorKind detector, int upsample, int smallest)
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false, Detector = detector, Upsample = upsample });
        (encoder.SmallestFace, encoder.Info.SmallestFace).ShouldBe((smallest, smallest));
    }

    private static async Task<IReadOnlyList<Face>> EncodeAsync(DlibFaceEncoder encoder, GoldenImage golden)
    {
        using var image = golden.Load();
        return await encoder.EncodeAsync(image, new FaceEncodeOptions { SmallestFace = golden.SmallestFace });
    }

    private Task<IReadOnlyList<Face>> EncodeAsync(GoldenImage golden) => EncodeAsync(_encoder, golden);
}

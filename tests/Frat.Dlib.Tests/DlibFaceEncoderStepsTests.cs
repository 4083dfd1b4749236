using Frat.Dlib.Tests.Golden;
using Frat.Vision;

namespace Frat.Dlib.Tests;

/// <summary>The steps of the pipeline, one by one, and many images at once.</summary>
public sealed class DlibFaceEncoderStepsTests(LoadedEncoder loaded) : IClassFixture<LoadedEncoder>
{
    private readonly DlibFaceEncoder _encoder = loaded.Encoder;

    [Fact]
    public async Task EncodeBatchAsync_ManyImages_GivesWhatSingleCallsGive()
    {
        var images = GoldenFile.Johns.Take(5).Concat(GoldenFile.Faces.Take(4)).Select(golden => golden.Load()).ToList();
        using var empty = RgbImage.FromGrayPixels(200, 100, new byte[20_000]);
        images.Insert(2, empty);

        var together = await _encoder.EncodeBatchAsync(images);

        together.Count.ShouldBe(images.Count);
        for (var i = 0; i < images.Count; i++)
        {
            var alone = await _encoder.EncodeAsync(images[i]);
            together[i].Select(face => face.Box).ShouldBe(alone.Select(face => face.Box));
            together[i].Zip(alone).ShouldAllBe(pair => pair.First.Encoding.EuclideanDistance(pair.Second.Encoding) < 1e-5f);
        }

        images.ForEach(image => image.Dispose());
    }

    [Fact]
    public async Task EncodeBatchAsync_NoImage_GivesNone() => (await _encoder.EncodeBatchAsync([])).ShouldBeEmpty();

    [Fact]
    public async Task EncodeBatchAsync_NullAmongTheImages_Throws() =>
        (await Should.ThrowAsync<ArgumentException>(async () => await _encoder.EncodeBatchAsync([null!]))).ParamName.ShouldBe("images");

    [Fact]
    public async Task FindLandmarksAsync_BoxesOfDlib_GivesItsLandmarksAndEncodings()
    {
        foreach (var golden in GoldenFile.Faces)
        {
            using var image = golden.Load();
            var faces = await _encoder.FindLandmarksAsync(image, [.. golden.Faces.Select(face => face.FaceBox)]);
            faces.Select(face => face.Landmarks.Points).ShouldBe(golden.Faces.Select(face => face.Points));
            var encoded = await _encoder.EncodeAsync(image, faces);
            encoded.Zip(golden.Faces).ShouldAllBe(
                pair => pair.First.Encoding.EuclideanDistance(new FaceEncoding("dlib-resnet-v1", pair.Second.Encoding)) < 1e-3f);
        }
    }

    [Theory]
    [InlineData(10, 10, 9, 20)]
    [InlineData(-50, 10, -1, 20)]
    [InlineData(150, 10, 200, 20)]
    public async Task FindLandmarksAsync_BoxThatIsNoneOfTheImage_Throws(int left, int top, int right, int bottom)
    {
        using var image = GoldenFile.Johns[0].Load();
        await Should.ThrowAsync<ArgumentException>(
            async () => await _encoder.FindLandmarksAsync(image, [new FaceBox(left, top, right, bottom)]));
    }

    [Fact]
    public async Task EmbedAsync_JohnsAsChips_GivesTheEncodingsOfDlib()
    {
        var chips = GoldenFile.Johns.Select(golden => golden.Load()).ToList();

        var encodings = await _encoder.EmbedAsync(chips);

        encodings.Zip(GoldenFile.Johns)
            .ShouldAllBe(pair => pair.First.EuclideanDistance(new FaceEncoding("dlib-resnet-v1", pair.Second.AsChip!)) < 1e-5f);
        chips.ForEach(chip => chip.Dispose());
    }

    [Fact]
    public async Task EmbedAsync_OtherSize_Throws()
    {
        using var image = new RgbImage(150, 149);
        await Should.ThrowAsync<ArgumentException>(async () => await _encoder.EmbedAsync([image]));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(64, 0.1)]
    [InlineData(300, 1)]
    public async Task CutChip_OtherSizeAndPadding_ShowsTheSameFace(int size, double padding)
    {
        using var image = GoldenFile.Johns[0].Load();
        var face = (await _encoder.DetectAsync(image)).Single();

        using var chip = DlibFaceEncoder.CutChip(image, face, size, padding);

        (chip.Width, chip.Height).ShouldBe((size, size));
        if (size > 1)
        {
            // Without surroundings the face fills the chip; with much of them it takes a third.
            var found = (await _encoder.DetectAsync(chip, new FaceEncodeOptions { SmallestFace = 20 })).Single();
            var (expected, part) = (size / 2.0, found.Box.Width / (double)size);
            ((found.Box.Left + found.Box.Right) / 2.0).ShouldBe(expected, size * 0.2);
            part.ShouldBe(1.1 / (1 + (2 * padding)), 0.35);
        }
    }

    [Fact]
    public void CutChip_OutOfRange_Throws()
    {
        using var image = new RgbImage(10, 10);
        var face = FaceOf(LandmarkScheme.EyeCorners);
        Should.Throw<ArgumentOutOfRangeException>(() => DlibFaceEncoder.CutChip(image, face, size: 0)).ParamName.ShouldBe("size");
        Should.Throw<ArgumentOutOfRangeException>(
            () => DlibFaceEncoder.CutChip(image, face, padding: double.NaN)).ParamName.ShouldBe("padding");
        Should.Throw<ArgumentException>(
            () => DlibFaceEncoder.CutChip(image, FaceOf(LandmarkScheme.EyeCenters))).ParamName.ShouldBe("face");
    }

    // Anyone who brings a detector or an embedder of their own puts it together with the other half of dlib's.
    [Fact]
    public async Task EncodeAsync_OfTheTwoHalvesPutTogether_GivesWhatTheWholeGives()
    {
        var together = new FaceEncoder(_encoder, _encoder);
        foreach (var golden in GoldenFile.Johns.Take(3).Concat(GoldenFile.Faces.Take(3)))
        {
            using var image = golden.Load();
            var expected = await _encoder.EncodeAsync(image);
            var faces = await together.EncodeAsync(image);
            faces.Select(face => (face.Box, face.Score, face.Quality))
                .ShouldBe(expected.Select(face => (face.Box, face.Score, face.Quality)));
            faces.Zip(expected).ShouldAllBe(pair => pair.First.Encoding.EuclideanDistance(pair.Second.Encoding) < 1e-6f, golden.File);
        }

        together.Info.ShouldBe(_encoder.Info with { CanJitter = false });
    }

    [Fact]
    public async Task EncodeAsync_DetectorThatFindsMoreThanAskedFor_EncodesTheLargestOnly()
    {
        var embedder = new CountingEmbedder(_encoder);
        var together = new FaceEncoder(new UnboundedDetector(_encoder), embedder);
        var crowd = GoldenFile.Faces.MaxBy(file => file.Faces.Count)!;
        using var image = crowd.Load();
        var options = new FaceEncodeOptions { MaxFaces = 2 };

        var faces = await together.EncodeAsync(image, options);

        faces.Select(face => face.Box).ShouldBe((await _encoder.EncodeAsync(image, options)).Select(face => face.Box));
        (faces.Count, embedder.Chips).ShouldBe((2, 2));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            () => together.EncodeAsync(image, new FaceEncodeOptions { MaxFaces = 0 }).AsTask());
    }

    [Fact]
    public async Task EncodeAsync_OfTheTwoHalvesWithoutAFace_GivesNone()
    {
        using var image = RgbImage.FromGrayPixels(200, 100, new byte[20_000]);
        (await new FaceEncoder(_encoder, _encoder).EncodeAsync(image)).ShouldBeEmpty();
    }

    [Fact]
    public async Task EncodeAsync_GreyImage_GivesWhatEqualChannelsGive()
    {
        using var equal = GoldenFile.Johns[0].Load();
        var gray = new byte[equal.Width * equal.Height];
        for (var i = 0; i < gray.Length; i++)
        {
            gray[i] = equal.Pixels[(i * 3) + 1];
            equal.Pixels.Slice(i * 3, 3).Fill(gray[i]);
        }

        using var image = RgbImage.FromGrayPixels(equal.Width, equal.Height, gray);

        image.Pixels.SequenceEqual(equal.Pixels).ShouldBeTrue();
        Text(await _encoder.EncodeAsync(image)).ShouldBe(Text(await _encoder.EncodeAsync(equal)));
        (await _encoder.EncodeAsync(image)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task EncodeAsync_SixteenThreadsWithAllCalls_GivesWhatOneThreadGives()
    {
        using var cnn = LoadedEncoder.Create(
            new DlibOptions { Detector = DlibDetectorKind.Cnn, Jitter = 2, Mirror = true, ThreadsPerImage = 2 });
        var images = GoldenFile.Johns.Take(3).Append(GoldenFile.Faces[0]).Select(golden => golden.Load()).ToList();
        Func<RgbImage, Task<string>>[] calls =
        [
            async image => Text(await _encoder.EncodeAsync(image)),
            async image => Text(await cnn.EncodeAsync(image, new FaceEncodeOptions { SmallestFace = 20 })),
            async image => string.Join(' ', (await _encoder.DetectAsync(image)).Select(face => $"{face.Box}{face.Score:R}")),
            async image => string.Join(' ', (await _encoder.EncodeBatchAsync([image, images[0]])).Select(Text)),
            async image => string.Join(' ', (await cnn.EmbedAsync([images[1], images[2]])).Select(encoding => encoding.Values[0])),
        ];
        var expected = new Dictionary<(int Call, int Image), string>();
        for (var call = 0; call < calls.Length; call++)
        {
            for (var image = 0; image < images.Count; image++)
            {
                expected[(call, image)] = await calls[call](images[image]);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 16).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < expected.Count; i++)
            {
                var (call, image) = ((i + thread) % calls.Length, (i * 7 / 3 + thread) % images.Count);
                (await calls[call](images[image])).ShouldBe(expected[(call, image)]);
            }
        })));
        images.ForEach(image => image.Dispose());
    }

    [Fact]
    public async Task EncodeAsync_OneSlotForManyCalls_ServesThemInTurn()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false, MaxConcurrency = 1 });
        await encoder.LoadAsync();
        using var image = GoldenFile.Faces[0].Load();
        var order = new System.Collections.Concurrent.ConcurrentQueue<int>();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            await encoder.EncodeAsync(image);
            order.Enqueue(i);
        }));

        // Continuations of two calls that end one after the other may change places.
        order.Select((call, place) => Math.Abs(call - place)).Max().ShouldBeLessThanOrEqualTo(1);
    }

    private static DetectedFace FaceOf(LandmarkScheme scheme) => new()
    {
        Box = default,
        Score = 0,
        Landmarks = new FaceLandmarks(scheme, [.. Enumerable.Range(0, scheme.Count).Select(i => new FacePoint(i, i * i))]),
    };

    private static string Text(IReadOnlyList<Face> faces) =>
        string.Join(' ', faces.Select(face => $"{face.Box}{face.Score:R}{string.Join(',', face.Encoding.Values.ToArray())}{face.Quality}"));

    private sealed class UnboundedDetector(IFaceDetector inner) : IFaceDetector
    {
        public LandmarkScheme Landmarks => inner.Landmarks;

        public int SmallestFace => inner.SmallestFace;

        public ValueTask<IReadOnlyList<DetectedFace>> DetectAsync(
            RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.DetectAsync(image, cancellationToken: cancellationToken);
    }

    private sealed class CountingEmbedder(IFaceEmbedder inner) : IFaceEmbedder
    {
        public int Chips { get; private set; }

        public FaceEncoderInfo Info => inner.Info;

        public FaceChipFormat ChipFormat => inner.ChipFormat;

        public ValueTask<IReadOnlyList<FaceEncoding>> EmbedAsync(
            IReadOnlyList<RgbImage> chips, CancellationToken cancellationToken = default)
        {
            Chips += chips.Count;
            return inner.EmbedAsync(chips, cancellationToken);
        }
    }
}

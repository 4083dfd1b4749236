using Frat.Dlib.Tests.Golden;

namespace Frat.Dlib.Tests;

/// <summary>What can be set once for an encoder: averages and landmarks.</summary>
public sealed class DlibFaceEncoderOptionsTests(LoadedEncoder loaded) : IClassFixture<LoadedEncoder>
{
    private readonly DlibFaceEncoder _plain = loaded.Encoder;

    [Fact]
    public async Task EncodeAsync_JitterOf10_GivesTheMeanThatDlibGives()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false, Jitter = 10 });

        await Agreement.WithDlibAsync(encoder, GoldenFile.FacesJittered);
    }

    [Fact]
    public async Task EncodeAsync_JitterWithAnotherSeed_GivesAnotherMeanNearby()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false, Jitter = 3 });
        using var other = LoadedEncoder.Create(new DlibOptions { Mirror = false, Jitter = 3, JitterSeed = 1 });
        using var image = GoldenFile.Johns[0].Load();

        var encoding = (await encoder.EncodeAsync(image)).Single().Encoding;

        (await encoder.EncodeAsync(image)).Single().Encoding.ShouldBe(encoding);
        (await other.EncodeAsync(image)).Single().Encoding.EuclideanDistance(encoding).ShouldBeInRange(1e-4f, 0.3f);
    }

    // Of one call: for photos of an enrolment, while the same encoder serves the door.
    [Fact]
    public async Task EncodeAsync_JitterOfACall_GivesWhatTheOptionGivesAndLeavesOtherCallsAsTheyAre()
    {
        using var jittering = LoadedEncoder.Create(new DlibOptions { Mirror = false, Jitter = 3 });
        using var image = GoldenFile.Johns[0].Load();
        var asked = new FaceEncodeOptions { Jitter = 3 };

        var wanted = (await jittering.EncodeAsync(image)).Single().Encoding;
        var plain = (await _plain.EncodeAsync(image)).Single().Encoding;

        (await _plain.EncodeAsync(image, asked)).Single().Encoding.EuclideanDistance(wanted).ShouldBeLessThan(1e-5f);
        using var found = (await _plain.FindAsync(image, asked)).Single();
        (await _plain.EncodeFoundAsync([found], asked)).Single().EuclideanDistance(wanted).ShouldBeLessThan(1e-5f);
        (await _plain.EncodeFoundAsync([found])).Single().EuclideanDistance(plain).ShouldBeLessThan(1e-5f);
        wanted.EuclideanDistance(plain).ShouldBeGreaterThan(0.01f);
        foreach (var wrong in new[] { -1, FaceEncodeOptions.MaxJitter + 1 })
        {
            await Should.ThrowAsync<ArgumentOutOfRangeException>(
                async () => await _plain.EncodeAsync(image, new FaceEncodeOptions { Jitter = wrong }));
        }
    }

    [Fact]
    public void Info_EachWay_SaysHowEncodingsAreMade()
    {
        using var defaults = LoadedEncoder.Create(new DlibOptions());
        using var jittering = LoadedEncoder.Create(new DlibOptions { Mirror = false, Jitter = 3 });

        (defaults.Info.Way, _plain.Info.Way, jittering.Info.Way).ShouldBe(("mirrored", "plain", "plain+jitter3"));
    }

    [Fact]
    public async Task EncodeAsync_68Landmarks_FindsTheFacesOfDlib()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false, Landmarks = DlibLandmarkKind.SixtyEight });

        await Agreement.WithDlibAsync(encoder, GoldenFile.FacesBy68);
    }

    [Fact]
    public async Task EncodeAsync_Mirror_GivesTheMeanOfBothSides()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = true });
        using var image = GoldenFile.Johns[3].Load();
        var found = (await _plain.DetectAsync(image)).Single();
        using var chip = DlibFaceEncoder.CutChip(image, found);
        using var mirrored = new RgbImage(chip.Width, chip.Height);
        for (var y = 0; y < chip.Height; y++)
        {
            for (var x = 0; x < chip.Width; x++)
            {
                chip.Row(y).Slice(x * 3, 3).CopyTo(mirrored.Row(y)[((chip.Width - 1 - x) * 3)..]);
            }
        }

        var encodings = await _plain.EmbedAsync([chip, mirrored]);
        var mean = new float[128];
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] = (encodings[0].Values[i] + encodings[1].Values[i]) / 2;
        }

        (await encoder.EncodeAsync(image))
            .Single().Encoding.EuclideanDistance(new FaceEncoding("dlib-resnet-v1", mean)).ShouldBeLessThan(1e-5f);
        encodings[0].EuclideanDistance(encodings[1]).ShouldBeGreaterThan(0.01f);
    }

    [Fact]
    public async Task EncodeAsync_MirrorAndJitterOfManyFaces_GivesEachFaceItsOwn()
    {
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = true, Jitter = 3 });
        var scene = GoldenFile.Faces.MaxBy(golden => golden.Faces.Count)!;
        using var image = scene.Load();
        var together = await encoder.EncodeAsync(image);
        var found = await encoder.DetectAsync(image);

        together.Count.ShouldBeGreaterThan(2);
        for (var i = 0; i < together.Count; i++)
        {
            var alone = (await encoder.EncodeAsync(image, [found[i]])).Single();
            alone.Encoding.EuclideanDistance(together[i].Encoding).ShouldBeLessThan(1e-5f);
        }
    }
}

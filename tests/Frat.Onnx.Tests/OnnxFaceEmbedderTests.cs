using Frat.Onnx.Tests.Graphs;
using Microsoft.Extensions.Options;

namespace Frat.Onnx.Tests;

public sealed class OnnxFaceEmbedderTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ChannelOrder.Rgb, TensorLayout.ChannelsFirst)]
    [InlineData(ChannelOrder.Bgr, TensorLayout.ChannelsFirst)]
    [InlineData(ChannelOrder.Rgb, TensorLayout.ChannelsLast)]
    [InlineData(ChannelOrder.Bgr, TensorLayout.ChannelsLast)]
    public async Task EmbedAsync_OneColour_IsPreparedAsTheNetworkSays(ChannelOrder channels, TensorLayout layout)
    {
        using var embedder = _folder.Embedder(
            TestGraph.Build(channelsLast: layout == TensorLayout.ChannelsLast),
            TestGraph.Network with { Channels = channels, Layout = layout });
        using var chip = Chip(60, 100, 180);

        var encoding = (await embedder.EmbedAsync([chip])).ShouldHaveSingleItem();

        // (60·½ − 10) / 1, (100·½ − 20) / 2, (180·½ − 30) / 4 are 20, 15, 15.
        float[] means = channels == ChannelOrder.Rgb ? [20, 15, 15] : [15, 15, 20];
        var length = MathF.Sqrt(means.Sum(mean => mean * mean));
        encoding.Values.ToArray().Zip(means).ShouldAllBe(pair => Math.Abs(pair.First - (pair.Second / length)) < 1e-5);
        encoding.EncoderId.ShouldBe("test-mean-colour");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task EmbedAsync_MoreThanOneRunTakes_GivesEachItsOwnInOrder(int batch)
    {
        using var embedder = _folder.Embedder(TestGraph.Build(batch), options: new OnnxEmbedderOptions { Mirror = true });
        var chips = Enumerable.Range(0, 21).Select(i => Chip((byte)(20 + (10 * i)), 100, 180)).ToList();

        var encodings = await embedder.EmbedAsync(chips);

        encodings.Count.ShouldBe(chips.Count);
        foreach (var (encoding, i) in encodings.Select((encoding, i) => (encoding, i)))
        {
            (encoding.Values[0] / encoding.Values[1]).ShouldBe(((20 + (10 * i)) * 0.5f - 10) / 15, 1e-4f);
        }

        chips.ForEach(chip => chip.Dispose());
    }

    [Fact]
    public async Task EmbedAsync_Mirror_GivesTheMeanOfBothRenormalised()
    {
        using var plain = TestModels.MobileFaceNet(new OnnxEmbedderOptions { Mirror = false });
        using var mirroring = TestModels.MobileFaceNet();
        using var chip = Portrait();
        using var mirrored = Photos.Mirror(chip);

        var (face, image) = ((await plain.EmbedAsync([chip]))[0], (await plain.EmbedAsync([mirrored]))[0]);
        var (both, same) = ((await mirroring.EmbedAsync([chip]))[0], (await mirroring.EmbedAsync([mirrored]))[0]);

        face.CosineDistance(image).ShouldBeGreaterThan(0.001f);
        both.CosineDistance(same).ShouldBeLessThan(1e-5f);
        both.CosineDistance(face).ShouldBeLessThan(face.CosineDistance(image));
        both.CosineDistance(image).ShouldBeLessThan(face.CosineDistance(image));
    }

    // Files of another make, of any number of pictures: MiniFASNet gives three numbers.
    [Fact]
    public async Task EmbedAsync_FileThatTakesManyAtOnce_GivesInABatchWhatItGivesAlone()
    {
        using var embedder = new OnnxFaceEmbedder(
            OnnxModelSource.FromFile(Frat.TestKit.SharedModels.PathOf("minifasnet-v2-2.7.onnx")),
            TestGraph.Network with
            {
                InputSize = 80, Channels = ChannelOrder.Bgr, Scale = 1, Mean = (0, 0, 0), Deviation = (1, 1, 1),
            });
        using var face = Portrait(80);
        using var plain = Chip(200, 150, 100, 80);

        var together = await embedder.EmbedAsync([face, plain, face, plain, face]);

        together[0].CosineDistance(together[1]).ShouldBeGreaterThan(1e-3f);
        together[4].CosineDistance((await embedder.EmbedAsync([face]))[0]).ShouldBeLessThan(1e-5f);
        together[3].CosineDistance((await embedder.EmbedAsync([plain]))[0]).ShouldBeLessThan(1e-5f);
    }

    [Fact]
    public void Info_BeforeTheFileIsThere_IsKnown()
    {
        using var embedder = new OnnxFaceEmbedder(OnnxModelSource.FromFile("/nowhere/model.onnx"), OnnxNetworks.MobileFaceNet);

        embedder.Info.ShouldBe(new FaceEncoderInfo
        {
            Id = "mobilefacenet-foamliu-v1",
            Way = FaceEncoderInfo.MirroredWay,
            Dimension = 128,
            Metric = DistanceMetric.Cosine,
            RecommendedMaxDistance = 0.53f,
        });
        embedder.ChipFormat.Size.ShouldBe(112);
        embedder.ChipFormat.MeanFaces.Select(face => face.Scheme).ShouldBe(
            [LandmarkScheme.EyeCenters, LandmarkScheme.EyeCorners], ignoreOrder: true);
    }

    [Fact]
    public async Task Dispose_WhileACallRuns_LetsItEndAndRefusesTheNext()
    {
        var embedder = TestModels.MobileFaceNet();
        using var chip = Portrait();
        await embedder.LoadAsync();
        var running = Enumerable.Range(0, 4).Select(_ => embedder.EmbedAsync([chip, chip, chip, chip]).AsTask()).ToList();

        embedder.Dispose();
        embedder.Dispose();

        (await Task.WhenAll(running)).ShouldAllBe(encodings => encodings.Count == 4);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await embedder.EmbedAsync([chip]));
        await Should.ThrowAsync<ObjectDisposedException>(() => embedder.LoadAsync());
    }

    [Fact]
    public async Task LoadAsync_FileComesLater_IsTriedAgain()
    {
        var path = Path.Combine(_folder.FullName, "later.onnx");
        using var embedder = new OnnxFaceEmbedder(
            OnnxModelSource.FromFile(path), TestGraph.Network, new OnnxEmbedderOptions { Mirror = false });
        (await Should.ThrowAsync<ModelFileException>(() => embedder.LoadAsync())).FileName.ShouldBe("later.onnx");

        File.Move(_folder.Write(Google.Protobuf.MessageExtensions.ToByteArray(TestGraph.Build())), path);

        await embedder.LoadAsync();
        using var chip = Chip(60, 100, 180);
        (await embedder.EmbedAsync([chip])).ShouldHaveSingleItem();
    }

    [Fact]
    public void Create_WhatCannotBe_Throws()
    {
        var source = OnnxModelSource.FromFile("model.onnx");
        foreach (var network in (OnnxNetwork[])
        [
            TestGraph.Network with { EncoderId = " " },
            TestGraph.Network with { Dimension = 0 },
            TestGraph.Network with { InputSize = 4096 },
            TestGraph.Network with { Scale = float.NaN },
            TestGraph.Network with { Mean = (0, float.PositiveInfinity, 0) },
            TestGraph.Network with { Deviation = (1, 1, 0) },
            TestGraph.Network with { RecommendedMaxDistance = 0 },
            TestGraph.Network with { Template = new Dictionary<LandmarkScheme, IReadOnlyList<FacePoint>>() },
            TestGraph.Network with
            {
                Template = new Dictionary<LandmarkScheme, IReadOnlyList<FacePoint>> { [LandmarkScheme.EyeCenters] = [new(1, 1)] },
            },
            TestGraph.Network with { Channels = (ChannelOrder)7 },
        ])
        {
            Should.Throw<ArgumentException>(() => new OnnxFaceEmbedder(source, network));
        }

        Should.Throw<OptionsValidationException>(
            () => new OnnxFaceEmbedder(source, TestGraph.Network, new OnnxEmbedderOptions { MaxConcurrency = 0 }));
        Should.Throw<ArgumentException>(() => OnnxModelSource.FromFile("model.onnx", "12ab"));
        Should.Throw<ArgumentException>(() => OnnxModelSource.From(TestModels.Files, "unknown.onnx"));
    }

    [Fact]
    public void Networks_OfKnownFamilies_AreWhatTheirAuthorsPublished()
    {
        OnnxNetworks.ArcFace("a", 0.6f).Dimension.ShouldBe(512);
        OnnxNetworks.AdaFace("a", 0.6f).Channels.ShouldBe(ChannelOrder.Bgr);
        OnnxNetworks.EdgeFace("a", 0.6f).ShouldBe(OnnxNetworks.ArcFace("a", 0.6f));
        OnnxNetworks.SFace("a").RecommendedMaxDistance.ShouldBe(0.637f, 1e-6f);
        foreach (var network in (OnnxNetwork[])[OnnxNetworks.ArcFace("a", 0.6f), OnnxNetworks.AdaFace("a", 0.6f), OnnxNetworks.SFace("a")])
        {
            using var embedder = new OnnxFaceEmbedder(OnnxModelSource.FromFile("model.onnx"), network);
            var format = embedder.ChipFormat.Find(LandmarkScheme.EyeCenters).ShouldNotBeNull();
            (format.Points[0].X * 112).ShouldBe(38.2946 + 0.5, 1e-4);
        }
    }

    private static RgbImage Chip(byte red, byte green, byte blue, int side = TestGraph.Side)
    {
        var chip = new RgbImage(side, side);
        for (var i = 0; i < chip.Pixels.Length; i += 3)
        {
            (chip.Pixels[i], chip.Pixels[i + 1], chip.Pixels[i + 2]) = (red, green, blue);
        }

        return chip;
    }

    // The middle of a photo of a face, as it is.
    private static RgbImage Portrait(int side = 112)
    {
        using var photo = Photos.Load("johns/John_Salley/000179_02159509.jpg");
        var chip = new RgbImage(side, side);
        for (var y = 0; y < side; y++)
        {
            photo.Row(y + 19).Slice(19 * 3, side * 3).CopyTo(chip.Row(y));
        }

        return chip;
    }
}

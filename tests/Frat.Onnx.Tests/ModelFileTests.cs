using Frat.Onnx.Tests.Graphs;
using Frat.TestKit;
using Google.Protobuf;
using global::Onnx;

namespace Frat.Onnx.Tests;

/// <summary>A file that is missing, damaged, hostile or of another network: a clear error, and nothing else.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LoadAsync_NoFile_SaysWhichAndWhere()
    {
        using var embedder = new OnnxFaceEmbedder(OnnxModelSource.FromFile(Path.Combine(_folder.FullName, "no.onnx")), TestGraph.Network);

        var exception = await Should.ThrowAsync<ModelFileException>(() => embedder.LoadAsync());

        exception.FileName.ShouldBe("no.onnx");
        exception.Message.ShouldContain(_folder.FullName);
    }

    [Fact]
    public async Task LoadAsync_OtherContentThanTheSha256_IsRefused()
    {
        var path = _folder.Write(TestGraph.Build().ToByteArray());
        using var embedder = new OnnxFaceEmbedder(OnnxModelSource.FromFile(path, new string('a', 64)), TestGraph.Network);

        (await Should.ThrowAsync<ModelFileException>(() => embedder.LoadAsync())).Message.ShouldContain("SHA-256");
    }

    [Fact]
    public async Task LoadAsync_KnownFileThatWasChanged_IsRefused()
    {
        var content = File.ReadAllBytes(SharedModels.PathOf(OnnxModels.YuNetFile));
        content[^1000] ^= 1;
        _folder.Write(content, OnnxModels.YuNetFile);
        using var detector = new YuNetFaceDetector(OnnxModelSource.From(TestModels.In(_folder.FullName), OnnxModels.YuNetFile));

        (await Should.ThrowAsync<ModelFileException>(() => detector.LoadAsync())).Message.ShouldContain("the file is damaged");
    }

    [Fact]
    public async Task LoadAsync_KnownFileThatIsMissing_SaysHowToGetItAndPullsNothing()
    {
        using var embedder = new OnnxFaceEmbedder(
            OnnxModelSource.From(TestModels.In(_folder.FullName), OnnxModels.MobileFaceNetFile), OnnxNetworks.MobileFaceNet);

        var message = (await Should.ThrowAsync<ModelFileException>(() => embedder.LoadAsync())).Message;

        message.ShouldContain("frat models pull mobilefacenet.onnx");
        message.ShouldContain("MS-Celeb-1M");
        message.ShouldContain("b7120c095d60094f28a4a54ba6a8bf51b297a6273fb40ef6350dfec1f63d9507");
        Directory.GetFileSystemEntries(_folder.FullName).ShouldBeEmpty();
    }

    [Fact]
    public async Task LoadAsync_CutOffAnywhere_IsRefused()
    {
        var content = TestGraph.Build().ToByteArray();
        for (var length = 0; length < content.Length; length++)
        {
            using var embedder = _folder.Embedder(content[..length]);
            await Should.ThrowAsync<ModelFileException>(() => embedder.LoadAsync(), $"the first {length} of {content.Length} bytes");
        }
    }

    [Fact]
    public async Task LoadAsync_AnyByteChanged_IsRefusedOrWorks()
    {
        var content = TestGraph.Build().ToByteArray();
        var refused = 0;
        for (var i = 0; i < content.Length; i++)
        {
            var changed = content.ToArray();
            changed[i] ^= 0x55;
            using var embedder = _folder.Embedder(changed);
            try
            {
                await embedder.LoadAsync();
            }
            catch (ModelFileException e)
            {
                e.Message.ShouldStartWith("The model file model.onnx can't be used: ");
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(content.Length / 2);
    }

    [Fact]
    public async Task LoadAsync_LargeFileCutOff_IsRefused()
    {
        var content = File.ReadAllBytes(SharedModels.PathOf(OnnxModels.MobileFaceNetFile));

        await ShouldBeRefusedAsync(content[..(content.Length / 2)], "cut off", OnnxNetworks.MobileFaceNet);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("<html><body>404: not found</body></html>", "it is no ONNX file")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 3998070\n", "it is no ONNX file")]
    public async Task LoadAsync_NoNetworkAtAll_SaysSo(string content, string expected) =>
        await ShouldBeRefusedAsync(System.Text.Encoding.UTF8.GetBytes(content), expected);

    // Whoever checked the file would not have checked those; and any file of the machine could be named.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task LoadAsync_WeightsInAnotherFile_IsRefusedThoughThatIsThere(int where)
    {
        var model = TestGraph.Build();
        var weights = model.Graph.Initializer[0];
        _folder.Write(weights.RawData.ToByteArray(), "weights.bin");
        weights.RawData = ByteString.Empty;
        weights.DataLocation = TensorProto.Types.DataLocation.External;
        weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
        var attribute = new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = weights };
        var constant = new NodeProto { OpType = "Constant", Output = { "weights" }, Attribute = { attribute } };
        switch (where)
        {
            case 1: // A constant of the graph.
                model.Graph.Initializer.Clear();
                model.Graph.Node.Insert(0, constant);
                break;
            case 2: // Within a graph that an operator has.
                var inner = new GraphProto { Name = "inner", Node = { constant } };
                var body = new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = inner };
                model.Graph.Initializer.Clear();
                model.Graph.Node.Insert(0, new NodeProto { OpType = "If", Output = { "weights" }, Attribute = { body } });
                break;
            case 3: // Named as lying elsewhere, without saying so.
                weights.DataLocation = TensorProto.Types.DataLocation.Default;
                break;
        }

        await ShouldBeRefusedAsync(model.ToByteArray(), "lie in another file");
    }

    [Fact]
    public async Task LoadAsync_DeeplyNested_IsRefused()
    {
        var graph = new GraphProto { Name = "g" };
        for (var i = 0; i < 60; i++)
        {
            var attribute = new AttributeProto { Name = "body", Type = AttributeProto.Types.AttributeType.Graph, G = graph };
            graph = new GraphProto { Name = "g", Node = { new NodeProto { OpType = "If", Attribute = { attribute } } } };
        }

        await ShouldBeRefusedAsync(new ModelProto { IrVersion = 8, Graph = graph }.ToByteArray(), "too deep");
    }

    [Fact]
    public async Task LoadAsync_AnotherNetworkThanItIsSetTo_SaysWhatItIs()
    {
        var network = TestGraph.Network;
        await ShouldBeRefusedAsync(TestGraph.Build().ToByteArray(), "-1×3×16×16", network with { InputSize = 32 });
        await ShouldBeRefusedAsync(
            TestGraph.Build().ToByteArray(), "is set to 1×16×16×3", network with { Layout = TensorLayout.ChannelsLast });
        await ShouldBeRefusedAsync(TestGraph.Build().ToByteArray(), "no output has 512 numbers", network with { Dimension = 512 });
        await ShouldBeRefusedAsync(TestGraph.Build().ToByteArray(), "no output is called 'other'", network with { Output = "other" });
        await ShouldBeRefusedAsync(TestGraph.Build(batch: 4).ToByteArray(), "4 pictures at once", network);
        await ShouldBeRefusedAsync(
            File.ReadAllBytes(SharedModels.PathOf(OnnxModels.YuNetFile)), "no output has 128 numbers", OnnxNetworks.MobileFaceNet);
        var two = TestGraph.Build();
        two.Graph.Input.Add(TestGraph.Value("more", 0, 3));
        await ShouldBeRefusedAsync(two.ToByteArray(), "takes 2 inputs", network);
    }

    [Fact]
    public async Task LoadAsync_GivesNoNumbersOrNone_IsRefused()
    {
        await ShouldBeRefusedAsync(
            TestGraph.Build(weights: [float.NaN, 0, 0, 0, 1, 0, 0, 0, 1]).ToByteArray(), "no finite number");
        await ShouldBeRefusedAsync(TestGraph.Build(weights: new float[9]).ToByteArray(), "no direction");
        await ShouldBeRefusedAsync(
            TestGraph.Build(weights: [float.MaxValue, 0, 0, 0, float.MaxValue, 0, 0, 0, 1]).ToByteArray(), "no finite number");
    }

    [Fact]
    public async Task LoadAsync_NotYuNet_SaysWhatIsMissing()
    {
        using var other = new YuNetFaceDetector(OnnxModelSource.FromFile(_folder.Write(TestGraph.Build().ToByteArray())));
        (await Should.ThrowAsync<ModelFileException>(() => other.LoadAsync())).Message.ShouldContain("-1×3×16×16");

        var blind = ModelProto.Parser.ParseFrom(File.ReadAllBytes(SharedModels.PathOf(OnnxModels.YuNetFile)));
        blind.Graph.Output.Remove(blind.Graph.Output.Single(output => output.Name == "kps_16"));
        using var detector = new YuNetFaceDetector(OnnxModelSource.FromFile(_folder.Write(blind.ToByteArray())));
        (await Should.ThrowAsync<ModelFileException>(() => detector.LoadAsync())).Message.ShouldContain("no output 'kps_16'");
    }

    private async Task ShouldBeRefusedAsync(byte[] content, string expected, OnnxNetwork? network = null)
    {
        using var embedder = _folder.Embedder(content, network);
        var exception = await Should.ThrowAsync<ModelFileException>(() => embedder.LoadAsync());
        exception.FileName.ShouldBe("model.onnx");
        exception.Message.ShouldContain(expected);
    }
}

using Frat.TestKit;
using Frat.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.Onnx.Tests;

/// <summary>The real model files, from the folder beside the repository.</summary>
internal static class TestModels
{
    /// <summary>They are verified each time that one is read, and none is pulled.</summary>
    public static ModelFiles Files { get; } = In(SharedModels.Folder);

    public static OnnxFaceEmbedder MobileFaceNet(OnnxEmbedderOptions? options = null) =>
        new(OnnxModelSource.From(Files, OnnxModels.MobileFaceNetFile), OnnxNetworks.MobileFaceNet, options);

    public static YuNetFaceDetector YuNet(YuNetOptions? options = null) =>
        new(OnnxModelSource.From(Files, OnnxModels.YuNetFile), options);

    public static ModelFiles In(string folder) => new(
        [OnnxModels.MobileFaceNet, OnnxModels.YuNet],
        Options.Create(new ModelOptions { Folder = folder, Sources = ModelSources.None }),
        NullLogger<ModelFiles>.Instance);
}

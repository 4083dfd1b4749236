using Frat.Vision;

namespace Frat.Onnx;

/// <summary>
/// The model files that this package knows by name: sizes, SHA-256, licences, what they were trained on, and where they may be pulled
/// from. None is pulled unless somebody asks for it, by <c>frat models pull</c> or <see cref="ModelFiles.PullAsync"/>.
/// </summary>
public static class OnnxModels
{
    /// <summary>The name of MobileFaceNet's file.</summary>
    public const string MobileFaceNetFile = "mobilefacenet.onnx";

    /// <summary>The name of YuNet's file.</summary>
    public const string YuNetFile = "yunet-n.onnx";

    private static readonly Lazy<ModelManifest> LazyMobileFaceNet = new(() => Read("mobilefacenet.json"));
    private static readonly Lazy<ModelManifest> LazyYuNet = new(() => Read("yunet.json"));

    /// <summary>The network that encodes faces: 4 MB.</summary>
    public static ModelManifest MobileFaceNet => LazyMobileFaceNet.Value;

    /// <summary>The network that finds faces: 0.3 MB.</summary>
    public static ModelManifest YuNet => LazyYuNet.Value;

    private static ModelManifest Read(string name)
    {
        using var stream = typeof(OnnxModels).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        return ModelManifest.Read(stream);
    }
}

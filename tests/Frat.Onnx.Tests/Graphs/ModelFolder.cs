using Google.Protobuf;
using global::Onnx;

namespace Frat.Onnx.Tests.Graphs;

/// <summary>A folder for the files of a test; deleted at its end.</summary>
internal sealed class ModelFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("frat-onnx-");

    public string FullName => _folder.FullName;

    public string Write(byte[] content, string name = "model.onnx")
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public OnnxFaceEmbedder Embedder(ModelProto model, OnnxNetwork? network = null, OnnxEmbedderOptions? options = null) =>
        Embedder(model.ToByteArray(), network, options);

    public OnnxFaceEmbedder Embedder(byte[] content, OnnxNetwork? network = null, OnnxEmbedderOptions? options = null) =>
        new(OnnxModelSource.FromFile(Write(content)), network ?? TestGraph.Network, options ?? new OnnxEmbedderOptions { Mirror = false });

    public void Dispose() => _folder.Delete(recursive: true);
}

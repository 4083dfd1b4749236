using System.Text.Json;
using System.Text.Json.Serialization;

namespace Frat.Dlib;

/// <summary>The content of <c>models/models.json</c>, which is embedded into the assembly.</summary>
internal sealed record ModelManifest(UpstreamLocation Upstream, NpmLocation Npm, IReadOnlyList<ModelFile> Files)
{
    private static readonly Lazy<ModelManifest> LazyEmbedded = new(Read);

    public static ModelManifest Embedded => LazyEmbedded.Value;

    private static ModelManifest Read()
    {
        using var stream = typeof(ModelManifest).Assembly.GetManifestResourceStream("models.json")
            ?? throw new InvalidOperationException("The assembly lacks its resource models.json.");
        return JsonSerializer.Deserialize(stream, ManifestJson.Default.ModelManifest)!;
    }
}

/// <param name="Url">Where the file lies, compressed with bzip2; <c>{name}</c> stands for its name.</param>
internal sealed record UpstreamLocation(string Url)
{
    public Uri For(ModelFile file) => new(Url.Replace("{name}", Uri.EscapeDataString(file.Name), StringComparison.Ordinal));
}

/// <param name="Package">The package's name.</param>
/// <param name="Version">The one version whose files are known.</param>
/// <param name="Size">Bytes of the package's tarball.</param>
/// <param name="Path">Where a file lies in the tarball; <c>{name}</c> stands for its name.</param>
internal sealed record NpmLocation(string Package, string Version, long Size, string Path)
{
    public string Spec => $"{Package}@{Version}";

    public string For(ModelFile file) => Path.Replace("{name}", file.Name, StringComparison.Ordinal);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;

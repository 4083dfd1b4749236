using System.Text.Json;
using System.Text.Json.Serialization;

namespace Frat.Vision;

/// <summary>The model files of an encoder, and where they may be pulled from. Immutable; an encoder's package brings its own.</summary>
public sealed class ModelManifest
{
    /// <summary>The names by which a file's <c>sources</c> mean the two.</summary>
    internal const string UpstreamKey = "upstream";

    /// <inheritdoc cref="UpstreamKey"/>
    internal const string NpmKey = "npm";

    [JsonConstructor]
    internal ModelManifest(IReadOnlyList<ModelFile> files, UpstreamLocation? upstream = null, NpmLocation? npm = null) =>
        (Files, Upstream, Npm) = (files, upstream, npm);

    /// <summary>The files, in the order of the manifest.</summary>
    public IReadOnlyList<ModelFile> Files { get; }

    [JsonInclude]
    internal UpstreamLocation? Upstream { get; }

    [JsonInclude]
    internal NpmLocation? Npm { get; }

    /// <summary>
    /// Reads a manifest: <c>{"upstream": {"url": "https://…/{name}.bz2"}, "npm": {"package", "version", "size", "path"}, "files":
    /// [{"name", "size", "sha256", "license", "purpose", "optional", "sources": ["upstream", "npm"], "trainedOn"}]}</c>. One of the two
    /// places, or both, may be missing, as may be what a file was trained on. What lies at an address that ends in <c>.bz2</c> is unpacked.
    /// </summary>
    /// <param name="json">UTF-8; borrowed until the call returns.</param>
    /// <exception cref="InvalidDataException">It isn't a manifest; the message says why.</exception>
    public static ModelManifest Read(Stream json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.ModelManifest)
                ?? throw new InvalidDataException("The manifest is null.");
            foreach (var file in manifest.Files)
            {
                Check(manifest, file);
            }

            return manifest;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"This is no manifest of model files: {e.Message}", e);
        }
    }

    private static void Check(ModelManifest manifest, ModelFile? file)
    {
        if (file is null)
        {
            throw new InvalidDataException("A file of the manifest is null.");
        }

        if (file.Name.Length == 0 || file.Name[0] == '.' || file.Name.AsSpan().IndexOfAny("/\\:") >= 0)
        {
            throw new InvalidDataException($"'{file.Name}' is no plain name of a file.");
        }

        if (file.Size <= 0 || file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new InvalidDataException($"{file.Name} needs its size and its SHA-256, in 64 lower-case hexadecimal digits.");
        }

        foreach (var source in file.Sources)
        {
            if (!(source == UpstreamKey && manifest.Upstream is not null) && !(source == NpmKey && manifest.Npm is not null))
            {
                throw new InvalidDataException($"{file.Name} names the source '{source}', which the manifest doesn't have.");
            }
        }
    }
}

/// <param name="Url">Where the file lies; <c>{name}</c> stands for its name.</param>
internal sealed record UpstreamLocation(string Url)
{
    public bool IsPacked => Url.EndsWith(".bz2", StringComparison.Ordinal);

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

using System.Text.Json.Serialization;

namespace Frat.Vision;

/// <summary>A model file that <see cref="ModelFiles"/> knows. Immutable.</summary>
public sealed class ModelFile
{
    [JsonConstructor]
    internal ModelFile(
        string name,
        long size,
        string sha256,
        string license,
        string purpose,
        bool optional,
        IReadOnlyList<string> sources,
        string? trainedOn = null)
    {
        (Name, Size, Sha256, License, Purpose, Optional, Sources) = (name, size, sha256, license, purpose, optional, sources);
        TrainedOn = trainedOn;
    }

    /// <summary>The file's name in the folder.</summary>
    public string Name { get; }

    /// <summary>Bytes of the file.</summary>
    public long Size { get; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>An SPDX identifier, or a sentence where none fits.</summary>
    public string License { get; }

    /// <summary>What the model does, in a sentence.</summary>
    public string Purpose { get; }

    /// <summary>
    /// What the model was trained on, where whoever uses it has to know that and decide, in sentences; else null. Such a file is pulled
    /// only by <see cref="ModelFiles.PullAsync"/>.
    /// </summary>
    public string? TrainedOn { get; }

    /// <summary>True when the file is pulled only if asked for by name.</summary>
    public bool Optional { get; }

    /// <summary>Keys of the manifest's sources, in the order in which they are tried.</summary>
    [JsonInclude]
    internal IReadOnlyList<string> Sources { get; }
}

/// <summary>What is in the folder under a model file's name.</summary>
public enum ModelFileState
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>The file has another size or SHA-256 than the one published.</summary>
    Damaged,

    /// <summary>The file is there, to the byte.</summary>
    Verified,
}

using System.ComponentModel.DataAnnotations;

namespace Frat.Onnx;

/// <summary>How <see cref="OnnxFaceEmbedder"/> works.</summary>
public sealed class OnnxEmbedderOptions
{
    internal const int MaxThreads = 1024;

    /// <summary>
    /// Whether the encoding is the mean of the face's and of its mirror image's. Default: true. It takes twice the time of the network,
    /// and misses fewer people at the same rate of false matches. It lies in the same space as an encoding without it.
    /// </summary>
    public bool Mirror { get; set; } = true;

    /// <summary>
    /// How many calls work at once, 1 to 1 024; further calls wait for their turn. Each takes a thread, and the network's memory for
    /// a picture. Default: the number of processors.
    /// </summary>
    [Range(1, MaxThreads)]
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>How many threads compute one run of the network, 1 to 1 024. Default: 1, the call's own.</summary>
    [Range(1, MaxThreads)]
    public int ThreadsPerRun { get; set; } = 1;
}

using System.ComponentModel.DataAnnotations;

namespace Frat.Onnx;

/// <summary>How <see cref="YuNetFaceDetector"/> works.</summary>
public sealed class YuNetOptions
{
    /// <summary>The smallest face that can be asked for.</summary>
    internal const int LowestSmallestFace = 10;

    /// <summary>
    /// How sure the network has to be of a face, 0.3 to 1. Default: 0.9. Below, it takes animals and pictures on clothes for faces now and
    /// then.
    /// </summary>
    [Range(0.3, 1)]
    public float MinScore { get; set; } = 0.9f;

    /// <summary>
    /// The smallest face that is found where the call doesn't ask for a <see cref="FaceEncodeOptions.SmallestFace"/>: the side of its box
    /// in pixels, about; 10 to 4 096. Default: 80, as with dlib's detector. Half of it takes up to four times the time.
    /// </summary>
    [Range(LowestSmallestFace, 4096)]
    public int SmallestFace { get; set; } = 80;

    /// <summary>
    /// How many images are worked on at once, 1 to 1 024; further calls wait for their turn. Each takes a thread, and memory for half
    /// of the image and a part of it of 640×640 pixels. Default: the number of processors.
    /// </summary>
    [Range(1, OnnxEmbedderOptions.MaxThreads)]
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>How many threads compute one run of the network, 1 to 1 024. Default: 1, the call's own.</summary>
    [Range(1, OnnxEmbedderOptions.MaxThreads)]
    public int ThreadsPerRun { get; set; } = 1;
}

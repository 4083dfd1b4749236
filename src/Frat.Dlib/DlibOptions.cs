using System.ComponentModel.DataAnnotations;

namespace Frat.Dlib;

/// <summary>How <see cref="DlibFaceEncoder"/> works.</summary>
public sealed class DlibOptions
{
    internal const int MaxUpsample = 3;
    private const int MaxThreads = 1024;

    /// <summary>
    /// What finds the faces. Default: <see cref="DlibDetector.Hog"/>. <see cref="DlibDetector.Cnn"/> needs one more model file, and
    /// scores faces on another scale.
    /// </summary>
    [EnumDataType(typeof(DlibDetector))]
    public DlibDetector Detector { get; set; }

    /// <summary>
    /// How many times an image is doubled before faces are looked for, 0 to 3, where the call doesn't say otherwise. Default: 0,
    /// which finds faces of about 80 pixels and up; 1 finds those of 40, at four times the time and memory. face_recognition's
    /// default is 1.
    /// </summary>
    [Range(0, MaxUpsample)]
    public int Upsample { get; set; }

    /// <summary>
    /// How many images are worked on at once, 1 to 1 024; further calls wait for their turn. Each takes a thread, and memory in
    /// proportion to its pixels. Default: the number of processors.
    /// </summary>
    [Range(1, MaxThreads)]
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// How many threads work on one image inside ONNX Runtime, 1 to 1 024. Default: 1, since images are worked on
    /// side by side; more only pay where one image at a time is encoded.
    /// </summary>
    [Range(1, MaxThreads)]
    public int NetworkThreads { get; set; } = 1;
}

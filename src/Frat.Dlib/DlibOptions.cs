using System.ComponentModel.DataAnnotations;

namespace Frat.Dlib;

/// <summary>How <see cref="DlibFaceEncoder"/> works.</summary>
public sealed class DlibOptions
{
    internal const int MaxUpsample = 3;
    private const int MaxJitter = 1000;
    private const int MaxThreads = 1024;

    // The image itself, and what a detector makes of it.
    private const int BytesPerPixel = 12;

    /// <summary>The side of the smallest face that the detector sees in an image as it is.</summary>
    internal int WindowSize => Detector == DlibDetectorKind.Cnn ? 40 : 80;

    /// <summary>The same with the default <see cref="Upsample"/>.</summary>
    internal int SmallestFace => WindowSize >> Upsample;

    internal static long DefaultPixelsAtOnce => Math.Max(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / BytesPerPixel);

    /// <summary>
    /// What finds the faces. Default: <see cref="DlibDetectorKind.Hog"/>. <see cref="DlibDetectorKind.Cnn"/> needs one more model file, and
    /// scores faces on another scale.
    /// </summary>
    [EnumDataType(typeof(DlibDetectorKind))]
    public DlibDetectorKind Detector { get; set; }

    /// <summary>
    /// How many times an image is doubled before faces are looked for, 0 to 3, where the call doesn't ask for a
    /// <see cref="FaceEncodeOptions.SmallestFace"/>. Default: 0, which finds faces of about 80 pixels and up (40 with
    /// <see cref="DlibDetectorKind.Cnn"/>); 1 finds those of half the size, at four times the time and memory. face_recognition's default
    /// is 1.
    /// </summary>
    [Range(0, MaxUpsample)]
    public int Upsample { get; set; }

    /// <summary>
    /// Which landmarks are found, and faces aligned by. Default: <see cref="DlibLandmarkKind.Five"/>. The file for
    /// <see cref="DlibLandmarkKind.SixtyEight"/> has 100 MB and a licence that excludes commercial use.
    /// </summary>
    [EnumDataType(typeof(DlibLandmarkKind))]
    public DlibLandmarkKind Landmarks { get; set; }

    /// <summary>
    /// How many copies of a face, each a little moved, turned, scaled and perhaps mirrored, are encoded and averaged instead of the
    /// face itself; 0 to 1 000. Default: 0, the face itself. What is averaged lies in the same space: it can be compared with encodings
    /// that were made without it. Time grows with the number. It is dlib's jitter_image and face_recognition's <c>num_jitters</c>.
    /// </summary>
    [Range(0, MaxJitter)]
    public int Jitter { get; set; }

    /// <summary>
    /// Seeds the copies, so that the same face always gives the same encoding. Default: 5489, with which dlib begins; so the encodings are
    /// those that a newly created encoder of dlib gives.
    /// </summary>
    public uint JitterSeed { get; set; } = DlibRandom.DefaultSeed;

    /// <summary>
    /// Whether the encoding is the mean of the face's and of its mirror image's. Default: true. It takes twice the time of the network,
    /// and misses fewer people at the same rate of false matches. It lies in the same space as an encoding without it; false gives dlib's
    /// own numbers.
    /// </summary>
    public bool Mirror { get; set; } = true;

    /// <summary>
    /// How many images are worked on at once, 1 to 1 024; further calls wait for their turn. Each takes a thread, and memory in
    /// proportion to its pixels, which <see cref="MaxPixelsAtOnce"/> bounds. Default: the number of processors.
    /// </summary>
    [Range(1, MaxThreads)]
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// How many pixels the images may have together that are worked on at once, doubled ones as they are looked at; further calls wait for
    /// their turn, and a larger image is worked on alone. Null, the default, derives it from the memory that .NET may use (a container's
    /// limit counts): a quarter of it, at 12 bytes a pixel. Within 512 MiB that is 8.4 million, two images of 2 048×2 048.
    /// </summary>
    [Range(1L, long.MaxValue)]
    public long? MaxPixelsAtOnce { get; set; }

    /// <summary>
    /// How many threads may work on one image, 1 to 1 024. Default: the number of processors. All but the first are threads of the pool
    /// that are idle: while other images keep them busy, an image is worked on by one. The result doesn't depend on it, but for the last
    /// digits: several faces are shared out among the threads.
    /// </summary>
    [Range(1, MaxThreads)]
    public int ThreadsPerImage { get; set; } = Environment.ProcessorCount;

    /// <summary>How often an image is doubled so that a face of a size is found in it; by default, <see cref="Upsample"/> times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">So small a face isn't found however often it is doubled.</exception>
    internal int UpsampleFor(int? smallestFace)
    {
        if (smallestFace is not { } smallest)
        {
            return Upsample;
        }

        var upsample = 0;
        for (var found = WindowSize; found > smallest && upsample <= MaxUpsample; found /= 2)
        {
            upsample++;
        }

        return upsample <= MaxUpsample
            ? upsample
            : throw new ArgumentOutOfRangeException(
                nameof(smallestFace), smallest, $"The smallest face that can be asked for has {WindowSize >> MaxUpsample} pixels.");
    }
}

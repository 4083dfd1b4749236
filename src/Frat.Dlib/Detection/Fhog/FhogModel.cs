using System.Reflection;

namespace Frat.Dlib;

/// <summary>
/// dlib's frontal face detector as <c>dlib-reference export-fhog</c> writes it; the README of that program describes the format.
/// Immutable.
/// </summary>
internal sealed class FhogModel
{
    internal const string FileName = "dlib_frontal_face_detector.fhog";
    private const int MaxBytes = 1 << 20;

    internal FhogModel(FhogFilters filters, int maxLevels, int minLevelWidth, int minLevelHeight, double maxIntersection, double maxCovered)
    {
        Filters = filters;
        MaxLevels = maxLevels;
        MinLevelWidth = minLevelWidth;
        MinLevelHeight = minLevelHeight;
        MaxIntersectionOverUnion = maxIntersection;
        MaxCovered = maxCovered;
    }

    /// <summary>The detectors' filters and thresholds.</summary>
    public FhogFilters Filters { get; }

    /// <summary>The most levels of the pyramid.</summary>
    public int MaxLevels { get; }

    /// <summary>The pyramid ends before a level of less width.</summary>
    public int MinLevelWidth { get; }

    /// <summary>The pyramid ends before a level of less height.</summary>
    public int MinLevelHeight { get; }

    /// <summary>Two boxes with more in common are one face.</summary>
    public double MaxIntersectionOverUnion { get; }

    /// <summary>Two boxes are one face if more than this part of either is covered by the other.</summary>
    public double MaxCovered { get; }

    /// <summary>Reads the model inside this assembly.</summary>
    public static FhogModel LoadEmbedded()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(FileName)
            ?? throw new ModelFileException(FileName, $"{FileName} is missing in the assembly: it was built without its resources.");
        return Load(stream);
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="ModelFileException">The file is damaged, or another kind of file.</exception>
    public static FhogModel Load(Stream stream)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MaxBytes
            ? new FhogFileReader(bytes.AsMemory(0, length)).Read()
            : throw new ModelFileException(FileName, $"{FileName} has more than {MaxBytes} bytes: it is another kind of file.");
    }
}

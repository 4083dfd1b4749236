namespace Frat.Dlib;

/// <summary>What <c>mmod_human_face_detector.dat</c> says beside the weights.</summary>
/// <param name="WindowWidth">Width of the box around a hit, in pixels of its level.</param>
/// <param name="WindowHeight">Height of that box.</param>
/// <param name="MaxIntersectionOverUnion">Two boxes with more in common are one face.</param>
/// <param name="MaxCovered">Two boxes are one face if more than this part of either is covered by the other.</param>
/// <param name="Average">The mean colour that is taken off each pixel.</param>
internal sealed record MmodSettings(
    int WindowWidth,
    int WindowHeight,
    double MaxIntersectionOverUnion,
    double MaxCovered,
    (float Red, float Green, float Blue) Average);

/// <summary>
/// Reads <c>mmod_human_face_detector.dat</c>: dlib's <c>loss_mmod_</c> with its options (dlib/dnn/loss.h), then the network.
/// </summary>
internal static class MmodFile
{
    private const int MaxWindow = 4096;

    /// <summary>Reads a whole file.</summary>
    /// <param name="reader">The file, at its beginning.</param>
    /// <returns>The weights and the settings.</returns>
    /// <exception cref="ModelFileException">The file is damaged, or holds another network.</exception>
    public static (NetworkParameters Parameters, MmodSettings Settings) Read(DlibFileReader reader)
    {
        var parameters = new NetworkParameters(MmodNetworkLayers.Layers);
        reader.ExpectInteger("version of the loss layer", 1);
        reader.ReadTag("loss_mmod_");
        // Later versions list several windows, or correct boxes by regression: other networks than this one have them.
        reader.ExpectInteger("version of the detector's options", 1);
        var width = reader.ReadInteger("width of the window", 1, MaxWindow);
        var height = reader.ReadInteger("height of the window", 1, MaxWindow);
        reader.ReadDouble("loss of a false alarm");
        reader.ReadDouble("loss of a missed face");
        reader.ReadDouble("overlap of a match");
        var (maxIntersection, maxCovered) = ReadOverlap(reader);
        // For boxes to be passed over while training.
        ReadOverlap(reader);

        var average = NetworkFile.ReadLayers(reader, MmodNetworkLayers.Layers, ReadInput, parameters);
        reader.ExpectEnd();
        return (parameters, new MmodSettings((int)width, (int)height, maxIntersection, maxCovered, average));
    }

    // The first version of this input layer has no details of the tiled pyramid: TiledPyramidLayout has dlib's defaults.
    private static (float Red, float Green, float Blue) ReadInput(DlibFileReader reader)
    {
        reader.ReadTag("input_rgb_image_pyramid");
        return NetworkFile.ReadAverage(reader);
    }

    private static (double MaxIntersectionOverUnion, double MaxCovered) ReadOverlap(DlibFileReader reader) =>
        (ReadPart(reader, "intersection over union"), ReadPart(reader, "covered part"));

    private static double ReadPart(DlibFileReader reader, string what)
    {
        var offset = reader.Position;
        var value = reader.ReadDouble(what);
        return value is >= 0 and <= 1 ? value : throw reader.Unexpected(offset, what, "a number that is not between 0 and 1");
    }
}

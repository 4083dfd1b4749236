namespace Frat.Cli.Faces;

/// <summary>What became of one file. Small: the image is gone.</summary>
/// <param name="File">The file as the user named it, or as it was found in a folder.</param>
internal abstract record FileResult(string File);

/// <summary>A file that failed.</summary>
/// <param name="File">The file.</param>
/// <param name="Error">Why, in a sentence.</param>
internal sealed record FailedFile(string File, string Error) : FileResult(File);

/// <summary>The faces of a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Width">The width of the upright, decoded image in pixels; boxes refer to it.</param>
/// <param name="Height">Its height.</param>
/// <param name="Faces">The faces, the surest first.</param>
/// <param name="Seconds">How long each step took.</param>
internal sealed record FacesOfFile(string File, int Width, int Height, IReadOnlyList<FoundFace> Faces, StepSeconds Seconds)
    : FileResult(File);

/// <summary>A face; <paramref name="Encoding"/> is null where none was asked for.</summary>
internal sealed record FoundFace(FaceBox Box, float Score, IReadOnlyList<FacePoint> Landmarks, FaceEncoding? Encoding);

/// <summary>
/// How long the steps took, reading the file included in decoding; <paramref name="Encode"/> is null where it wasn't done.
/// </summary>
internal readonly record struct StepSeconds(double Decode, double Detect, double? Encode);

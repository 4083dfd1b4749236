namespace Frat;

/// <summary>How a face is cut out of an image for an embedder: upright, in the middle, always at the same place. Immutable.</summary>
public sealed class FaceChipFormat
{
    /// <summary>Width and height of the chip, in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>How much of the surroundings the chip shows on each side, as a part of the face's square. Default: 0.</summary>
    public double Padding { get; init; }

    /// <summary>Where the landmarks belong, for each scheme that faces can be aligned by: one at least.</summary>
    public required IReadOnlyList<MeanFace> MeanFaces { get; init; }

    /// <summary>The mean face of a scheme.</summary>
    /// <param name="scheme">The scheme of a face's landmarks.</param>
    /// <returns>The mean face; null where faces with such landmarks can't be aligned.</returns>
    public MeanFace? Find(LandmarkScheme scheme) => MeanFaces.FirstOrDefault(face => face.Scheme.Equals(scheme));
}

/// <summary>Where the landmarks of a face lie on average, in a square around the face. Immutable.</summary>
public sealed class MeanFace
{
    /// <summary>Which landmarks they are.</summary>
    public required LandmarkScheme Scheme { get; init; }

    /// <summary>The points to align by; a scheme's other points, such as those of the jaw, are left out.</summary>
    public required IReadOnlyList<MeanLandmark> Points { get; init; }
}

/// <summary>Where one landmark lies on average.</summary>
/// <param name="Number">Its number in the scheme, from 0.</param>
/// <param name="X">From the left (0) to the right side (1) of the face's square.</param>
/// <param name="Y">From the upper (0) to the lower side (1).</param>
public readonly record struct MeanLandmark(int Number, double X, double Y);

namespace Frat;

/// <summary>Whether a photo is good enough to enrol with.</summary>
public enum PhotoVerdict
{
    /// <summary>Exactly one face, large enough.</summary>
    Good,

    /// <summary>No face was found.</summary>
    NoFace,

    /// <summary>More than one face was found.</summary>
    SeveralFaces,

    /// <summary>The face is smaller than <see cref="FratOptions.MinFaceSize"/>.</summary>
    FaceTooSmall,
}

/// <summary>What was seen on a photo. Boxes are in pixels of the decoded image, whose size is given beside them.</summary>
/// <param name="Verdict">Whether it is good enough.</param>
/// <param name="Width">Width of the decoded image in pixels.</param>
/// <param name="Height">Height of the decoded image in pixels.</param>
/// <param name="Faces">The faces, the surest first.</param>
public sealed record PhotoAssessment(PhotoVerdict Verdict, int Width, int Height, IReadOnlyList<Face> Faces);

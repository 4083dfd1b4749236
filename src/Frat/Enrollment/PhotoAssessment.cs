namespace Frat;

/// <summary>Whether a photo is good enough to enrol with.</summary>
public enum PhotoVerdict
{
    /// <summary>Exactly one face, large enough, sharp, from the front and in fair light.</summary>
    Good,

    /// <summary>No face was found.</summary>
    NoFace,

    /// <summary>More than one face was found.</summary>
    SeveralFaces,

    /// <summary>The face is smaller than <see cref="FratOptions.MinFaceSize"/>.</summary>
    FaceTooSmall,

    /// <summary>The face is less sharp than <see cref="FratOptions.MinSharpness"/>: out of focus, or moved.</summary>
    Blurred,

    /// <summary>The face is turned farther aside than <see cref="FratOptions.MaxTurn"/>.</summary>
    Turned,

    /// <summary>
    /// The face is darker than <see cref="FratOptions.MinBrightness"/>, or too much of it is lost in shadow: see
    /// <see cref="FratOptions.MaxClipped"/>.
    /// </summary>
    TooDark,

    /// <summary>Too much of the face is lost in glare: see <see cref="FratOptions.MaxClipped"/>.</summary>
    TooBright,
}

/// <summary>What was seen on a photo. Boxes are in pixels of the decoded image, whose size is given beside them.</summary>
/// <param name="Verdict">Whether it is good enough.</param>
/// <param name="Width">Width of the decoded image in pixels.</param>
/// <param name="Height">Height of the decoded image in pixels.</param>
/// <param name="Faces">The faces, the surest first: the two largest at most.</param>
public sealed record PhotoAssessment(PhotoVerdict Verdict, int Width, int Height, IReadOnlyList<Face> Faces);

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

    /// <summary>The face is smaller than <see cref="EnrollmentOptions.MinFaceSize"/>.</summary>
    FaceTooSmall,

    /// <summary>The face is less sharp than <see cref="EnrollmentOptions.MinSharpness"/>: out of focus, or moved.</summary>
    Blurred,

    /// <summary>The face is turned farther aside than <see cref="EnrollmentOptions.MaxTurn"/>.</summary>
    Turned,

    /// <summary>
    /// The face is darker than <see cref="EnrollmentOptions.MinBrightness"/>, or too much of it is lost in shadow: see
    /// <see cref="EnrollmentOptions.MaxClipped"/>.
    /// </summary>
    TooDark,

    /// <summary>Too much of the face is lost in glare: see <see cref="EnrollmentOptions.MaxClipped"/>.</summary>
    TooBright,
}

/// <summary>What was seen on a photo. Boxes are in pixels of the decoded image, whose size is given beside them.</summary>
public sealed record PhotoAssessment
{
    /// <summary>Whether it is good enough.</summary>
    public required PhotoVerdict Verdict { get; init; }

    /// <summary>Width of the decoded image in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the decoded image in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The faces, the surest first: the two largest at most.</summary>
    public required IReadOnlyList<Face> Faces { get; init; }
}

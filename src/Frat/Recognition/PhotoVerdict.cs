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

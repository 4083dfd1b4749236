namespace Frat;

/// <summary>What came of looking for a person by face.</summary>
public enum IdentificationOutcome
{
    /// <summary>The person is known.</summary>
    Recognized,

    /// <summary>
    /// Somebody is near, but not so near that it is sure enough, or two people are about equally near: ask for another look, or for the ID.
    /// </summary>
    Unsure,

    /// <summary>Nobody who is enrolled is near enough.</summary>
    Unknown,

    /// <summary>No face was found.</summary>
    NoFace,

    /// <summary>
    /// More than one face was found that is near enough, and none is much larger than the next (<see cref="MainFace"/>), or the frames of
    /// one request show people at several places; it is not guessed who is meant.
    /// </summary>
    SeveralFaces,

    /// <summary>Whoever was seen is farther away than <see cref="RecognitionOptions.Distance"/> says: ask them to come closer.</summary>
    TooFar,

    /// <summary>
    /// The frames of one request show one face after another at the same place: two people who changed over, or one who turned away.
    /// Nobody is made of the mean of two; ask whoever is there to stay.
    /// </summary>
    FacesDiffer,
}

/// <summary>Who somebody is, by face (1:N).</summary>
public sealed record Identification
{
    /// <summary>What came of it.</summary>
    public required IdentificationOutcome Outcome { get; init; }

    /// <summary>The person, when <see cref="IdentificationOutcome.Recognized"/>; null otherwise, also where somebody was near.</summary>
    public Person? Person { get; init; }

    /// <summary>The distance to the nearest person, where a face was compared with anybody.</summary>
    public float? Distance { get; init; }

    /// <summary>The distance to the nearest other person, where there is one.</summary>
    public float? RunnerUpDistance { get; init; }

    /// <summary>
    /// The largest distance at which this face would have been taken for this person, where a face was compared with anybody: see
    /// <see cref="RecognitionOptions.TargetFalsePositiveRate"/>.
    /// </summary>
    public float? Limit { get; init; }

    /// <summary>Why, as a sentence in English with the numbers that it stands on; null where no face was compared.</summary>
    public string? Reason { get; init; }

    /// <summary>The detector's score of the face that was compared: of several frames, the highest.</summary>
    public float? DetectionScore { get; init; }

    /// <summary>The face that was compared, as the last frame shows it that was made use of; null where none was compared.</summary>
    public FaceInFrame? Face { get; init; }
}

/// <summary>Where a face is on a frame, and how well it can be seen. Immutable.</summary>
public sealed record FaceInFrame
{
    /// <summary>Where it is, in pixels of the frame.</summary>
    public required FaceBox Box { get; init; }

    /// <summary>The frame's width in pixels.</summary>
    public required int FrameWidth { get; init; }

    /// <summary>The frame's height in pixels.</summary>
    public required int FrameHeight { get; init; }

    /// <summary>How well it can be seen; null where the encoder doesn't say.</summary>
    public FaceQuality? Quality { get; init; }
}

/// <summary>Whether somebody is who they say, by face (1:1).</summary>
public enum VerificationOutcome
{
    /// <summary>The face is near enough to one of the person's templates.</summary>
    Verified,

    /// <summary>It isn't.</summary>
    Refused,

    /// <summary>There is no such person, or no template to compare with: not enrolled by face, not active, or without a consent.</summary>
    NoTemplate,

    /// <summary>No face was found.</summary>
    NoFace,

    /// <summary>More than one face was found, or the frames show more than one person.</summary>
    SeveralFaces,

    /// <summary>As <see cref="IdentificationOutcome.TooFar"/>.</summary>
    TooFar,

    /// <summary>As <see cref="IdentificationOutcome.FacesDiffer"/>.</summary>
    FacesDiffer,
}

/// <summary>What came of a comparison 1:1.</summary>
public sealed record Verification
{
    /// <summary>What came of it.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>The distance to the nearest of the person's templates, where they were compared.</summary>
    public float? Distance { get; init; }
}

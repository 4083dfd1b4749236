namespace Frat;

/// <summary>The person whom a face is most like, and where the limit is.</summary>
internal sealed record GalleryScore
{
    public required Person Person { get; init; }

    public required float Distance { get; init; }

    /// <summary>The distance to the nearest other person; infinite when nobody else is enrolled.</summary>
    public required float RunnerUpDistance { get; init; }

    /// <summary>
    /// How much nearer the person is than anybody else, on the scale of the distances, and after scaling, where there is any; infinite when
    /// nobody else is enrolled.
    /// </summary>
    public required float Lead { get; init; }

    /// <summary>How many people were compared.</summary>
    public required int People { get; init; }

    /// <summary>
    /// The distance within which the share of strangers that is asked for is taken for somebody; infinite where none is asked for.
    /// </summary>
    public float Limit { get; init; } = float.PositiveInfinity;

    /// <summary>The same for <see cref="GalleryCalibrator.Unsure"/> times that share.</summary>
    public float OuterLimit { get; init; } = float.PositiveInfinity;

    /// <summary>What the limit stands on.</summary>
    public LimitBasis Basis { get; init; }
}

/// <summary>What a limit stands on.</summary>
internal enum LimitBasis
{
    /// <summary>The largest distance alone: no share of strangers is asked for.</summary>
    Largest,

    /// <summary>There are too few people to tell: a fixed distance, and how far the face is from the others.</summary>
    Few,

    /// <summary>The scores of the enrolled people among one another.</summary>
    Gallery,
}

namespace Frat;

/// <summary>The nearest person to a probe, and how near the next one is.</summary>
public readonly record struct GalleryMatch
{
    /// <summary>The nearest person.</summary>
    public required Person Person { get; init; }

    /// <summary>The distance to the nearest of that person's templates, in the encoder's metric.</summary>
    public required float Distance { get; init; }

    /// <summary>The distance to the nearest template of anybody else; infinite when nobody else is enrolled.</summary>
    public required float RunnerUpDistance { get; init; }
}

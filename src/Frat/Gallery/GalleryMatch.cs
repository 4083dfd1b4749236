namespace Frat;

/// <summary>The nearest person to a probe, and how near the next one is.</summary>
public readonly record struct GalleryMatch
{
    /// <summary>The nearest person.</summary>
    public required Person Person { get; init; }

    /// <summary>The distance to that person, in the encoder's metric: see <see cref="TemplateFusion"/>.</summary>
    public required float Distance { get; init; }

    /// <summary>The distance to the nearest other person; infinite when nobody else is enrolled.</summary>
    public required float RunnerUpDistance { get; init; }
}

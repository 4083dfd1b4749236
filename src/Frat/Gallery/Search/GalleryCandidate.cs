namespace Frat;

/// <summary>A person of the gallery, and how near.</summary>
public readonly record struct GalleryCandidate
{
    /// <summary>The person.</summary>
    public required Person Person { get; init; }

    /// <summary>The distance of the probe to the person, in the encoder's metric: see <see cref="TemplateFusion"/>.</summary>
    public required float Distance { get; init; }
}

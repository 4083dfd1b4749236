namespace Frat;

/// <summary>The nearest person to a probe, and how near the next one is.</summary>
/// <param name="Person">The nearest person.</param>
/// <param name="Distance">The distance to the nearest of that person's templates, in the encoder's metric.</param>
/// <param name="RunnerUpDistance">The distance to the nearest template of anybody else; infinite when nobody else is enrolled.</param>
public readonly record struct GalleryMatch(Person Person, float Distance, float RunnerUpDistance);

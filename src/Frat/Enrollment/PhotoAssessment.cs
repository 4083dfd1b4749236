namespace Frat;

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

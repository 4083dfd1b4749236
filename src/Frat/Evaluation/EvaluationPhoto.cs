namespace Frat;

/// <summary>A photo of a set in which it is known who is on each. Immutable.</summary>
public sealed record EvaluationPhoto
{
    /// <summary>Who is on it: what tells the person from all others of the set.</summary>
    public required string Person { get; init; }

    /// <summary>The group that the person is counted with, where the set tells groups apart.</summary>
    public string? Group { get; init; }

    /// <summary>What the photo is called in the results, such as its file.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The encoding of the face; null where none could be made. In pairs that are given, such a photo matches nobody; everywhere else it is
    /// left out: tell beside the results how many there are.
    /// </summary>
    public FaceEncoding? Encoding { get; init; }
}

/// <summary>Two photos to be compared 1:1. Immutable.</summary>
public readonly record struct EvaluationPair
{
    /// <summary>A photo.</summary>
    public required EvaluationPhoto First { get; init; }

    /// <summary>Another.</summary>
    public required EvaluationPhoto Second { get; init; }

    /// <summary>Whether one person is on both.</summary>
    public bool IsGenuine => First.Person == Second.Person;
}

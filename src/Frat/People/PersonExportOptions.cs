namespace Frat;

/// <summary>What an export of one person's data holds beside what it always holds. Immutable.</summary>
public sealed record PersonExportOptions
{
    /// <summary>
    /// Whether the encodings themselves are written. Default false: with these biometric data, one can look for the person
    /// elsewhere. They are the person's own, so they may ask for them. Of somebody who is not active they can't be read.
    /// </summary>
    public bool IncludeEncodings { get; init; }
}

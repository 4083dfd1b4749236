namespace Frat.Cli.Evaluate;

/// <summary>All that came of a set: what the table, the JSON and the page tell.</summary>
internal sealed record Evaluation
{
    public required string Folder { get; init; }

    public required string EncoderId { get; init; }

    /// <summary>How the encodings were made, for people.</summary>
    public required string Way { get; init; }

    public required float RecommendedMaxDistance { get; init; }

    public required int Photos { get; init; }

    public required int People { get; init; }

    public required EvaluationOptions Options { get; init; }

    public required VerificationEvaluation Verification { get; init; }

    public required IReadOnlyList<IdentificationEvaluation> Identification { get; init; }

    public required IReadOnlyList<AlikePeople> Alike { get; init; }

    public required IReadOnlyList<PhotoFailure> Failures { get; init; }
}

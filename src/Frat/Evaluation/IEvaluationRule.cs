namespace Frat;

/// <summary>A way to find who is on a probe. Thread-safe.</summary>
internal interface IEvaluationRule
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>
    /// The largest score at which the rule itself recognises, where a share of strangers is asked for; null where it has none.
    /// </summary>
    float? LimitFor(double rate);

    /// <summary>Finds the best person.</summary>
    RuleMatch Find(FaceEncoding probe);
}

/// <summary>Whom a rule finds.</summary>
/// <param name="Person">The index of the person; -1 for nobody.</param>
/// <param name="Score">The smaller, the surer.</param>
/// <param name="Distance">The distance to that person.</param>
internal readonly record struct RuleMatch(int Person, float Score, float Distance)
{
    public static RuleMatch Nobody { get; } = new(-1, float.PositiveInfinity, float.PositiveInfinity);
}

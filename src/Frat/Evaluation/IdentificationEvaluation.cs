namespace Frat;

/// <summary>A point of the curve of errors 1:N.</summary>
public readonly record struct IdentificationPoint
{
    /// <summary>The largest score at which somebody is recognised.</summary>
    public required float Threshold { get; init; }

    /// <summary>The false positive identification rate: the share of strangers who are taken for somebody.</summary>
    public required double Fpir { get; init; }

    /// <summary>
    /// The false negative identification rate: the share of probes of people who are enrolled that don't come back as that person.
    /// </summary>
    public required double Fnir { get; init; }
}

/// <summary>How well one rule recognises 1:N, with strangers at the door (open set). Immutable.</summary>
public sealed record IdentificationEvaluation
{
    /// <summary>The rule: what a probe is compared with, and how the scores are made.</summary>
    public required string Rule { get; init; }

    /// <summary>How many people are enrolled: N.</summary>
    public required int People { get; init; }

    /// <summary>How many templates each has.</summary>
    public required int TemplatesPerPerson { get; init; }

    /// <summary>How many photos make up a probe.</summary>
    public required int FramesPerProbe { get; init; }

    /// <summary>How many probes of people who are enrolled there are; a few of each person at most.</summary>
    public required int Probes { get; init; }

    /// <summary>How many strangers there are, each with one probe.</summary>
    public required int Strangers { get; init; }

    /// <summary>The share of probes whose best person is the right one, whatever the score. The interval is over people.</summary>
    public required ErrorRate Rank1 { get; init; }

    /// <summary>
    /// FNIR at the threshold at which FPIR is the key. The interval is over people who are enrolled and strangers, with the gallery as it
    /// is. Where there are too few strangers to tell, the value is NaN.
    /// </summary>
    public required IReadOnlyDictionary<double, ErrorRate> FnirAtFpir { get; init; }

    /// <summary>
    /// What the limit that the rule finds by itself comes to, where the key is the share of strangers that is asked for; empty for rules
    /// that find none.
    /// </summary>
    public required IReadOnlyDictionary<double, RateReached> AtOwnLimit { get; init; }

    /// <summary>The curve of both errors, from the smallest score to the largest.</summary>
    public required IReadOnlyList<IdentificationPoint> Curve { get; init; }

    /// <summary>
    /// What each group's strangers meet, at the threshold of each of the rates; empty where the set tells no groups apart.
    /// </summary>
    public required IReadOnlyList<GroupIdentification> Groups { get; init; }
}

/// <summary>What a limit comes to. Immutable.</summary>
public sealed record RateReached
{
    /// <summary>The share of strangers who are taken for somebody. The interval is that of so many strangers.</summary>
    public required ErrorRate Fpir { get; init; }

    /// <summary>The share of probes of people who are enrolled that don't come back as that person. The interval is over people.</summary>
    public required ErrorRate Fnir { get; init; }
}

/// <summary>What a group's strangers meet. Immutable.</summary>
public sealed record GroupIdentification
{
    /// <summary>The group.</summary>
    public required string Group { get; init; }

    /// <summary>How many strangers it has.</summary>
    public required int Strangers { get; init; }

    /// <summary>The share of them that is taken for somebody, at the threshold at which all groups' share is the key.</summary>
    public required IReadOnlyDictionary<double, double> FpirAtFpir { get; init; }
}

/// <summary>Two people whom the encoder hardly tells apart. Immutable.</summary>
public sealed record AlikePeople
{
    /// <summary>One.</summary>
    public required string First { get; init; }

    /// <summary>The other.</summary>
    public required string Second { get; init; }

    /// <summary>The distance between the means of their photos.</summary>
    public required float Distance { get; init; }
}

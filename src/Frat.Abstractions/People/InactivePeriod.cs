namespace Frat;

/// <summary>
/// A time in which a person was not active: see <see cref="IPersonStore.SetActiveAsync"/>. Nobody is missed from a shift that lies in it,
/// wholly or in part.
/// </summary>
public sealed record InactivePeriod
{
    /// <summary>The moment at which the person was deactivated.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The moment at which the person was activated again; null while that has not happened.</summary>
    public DateTimeOffset? To { get; init; }
}

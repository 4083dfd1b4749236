namespace Frat;

/// <summary>
/// A time in which a person was not active: see <see cref="IPersonStore.SetActiveAsync"/>. Nobody is missed from a shift that lies in it,
/// wholly or in part.
/// </summary>
/// <param name="From">The moment at which the person was deactivated.</param>
/// <param name="To">The moment at which the person was activated again; null while that has not happened.</param>
public sealed record InactivePeriod(DateTimeOffset From, DateTimeOffset? To = null);

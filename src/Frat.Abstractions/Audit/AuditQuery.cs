namespace Frat;

/// <summary>Which entries to list: see <see cref="IAuditTrail.ListAsync"/>. Immutable.</summary>
public sealed record AuditQuery
{
    /// <summary>The most entries of one page.</summary>
    public const int MaxTake = 1000;

    /// <summary>The first moment; null for the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The moment before which to end; null for no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only what is about this person, where given.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Only what was written after the entry of this <see cref="AuditEntry.Sequence"/>; 0 for the beginning.</summary>
    public long AfterSequence { get; init; }

    /// <summary>How many to list at most, 1 to <see cref="MaxTake"/>; 50 when left out.</summary>
    public int Take { get; init; } = 50;

    /// <summary>Checks what every store has to check before it looks.</summary>
    /// <param name="query">The value.</param>
    /// <exception cref="ArgumentException">Take is out of its range.</exception>
    public static void ThrowIfInvalid(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Take, 1, "query.Take");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Take, MaxTake, "query.Take");
    }
}

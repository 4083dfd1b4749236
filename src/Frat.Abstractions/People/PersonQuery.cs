namespace Frat;

/// <summary>Which people to list: see <see cref="IPersonStore.ListAsync"/>. Immutable.</summary>
public sealed record PersonQuery
{
    /// <summary>The most people of one page.</summary>
    public const int MaxTake = 1000;

    /// <summary>
    /// What to look for in names and employee IDs, anywhere in them; null or empty for everybody. Upper and lower case, accents and the
    /// width of characters make no difference: <c>jose</c> finds <c>José</c>.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Only people who are active, or are not; null for all.</summary>
    public bool? IsActive { get; init; }

    /// <summary>How many of those who match to pass over, in the order of employee IDs; 0 when left out.</summary>
    public int Skip { get; init; }

    /// <summary>How many to list at most, 1 to <see cref="MaxTake"/>; 50 when left out.</summary>
    public int Take { get; init; } = 50;

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="query">The value.</param>
    /// <exception cref="ArgumentException">Skip or Take is out of its range.</exception>
    public static void ThrowIfInvalid(PersonQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, "query.Skip");
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Take, 1, "query.Take");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Take, MaxTake, "query.Take");
    }
}

/// <summary>One page of people. Immutable.</summary>
public sealed record PersonPage
{
    /// <summary>The people, ordered by employee ID, character by character.</summary>
    public required IReadOnlyList<Person> People { get; init; }

    /// <summary>How many match, on all pages.</summary>
    public required int TotalCount { get; init; }
}

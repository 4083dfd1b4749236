namespace Frat.WebHost;

/// <summary>What came of an employee ID and a PIN.</summary>
internal enum PinOutcome
{
    /// <summary>It is the person's.</summary>
    Right,

    /// <summary>The PIN is wrong, the person has none, or there is no such person: nobody is told which.</summary>
    Wrong,

    /// <summary>There were too many wrong ones, of this person or at this device: nothing is compared until a moment.</summary>
    Locked,

    /// <summary>It is the person's, who isn't active.</summary>
    NotActive,
}

/// <summary>What came of an employee ID and a PIN. Immutable.</summary>
internal sealed record PinResult
{
    public required PinOutcome Outcome { get; init; }

    /// <summary>Who it is, when <see cref="PinOutcome.Right"/> or <see cref="PinOutcome.NotActive"/>.</summary>
    public Person? Person { get; init; }

    /// <summary>Until when, when <see cref="PinOutcome.Locked"/>.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>What the office sees of a PIN. Immutable.</summary>
/// <param name="SetAt">When it was set.</param>
/// <param name="SetBy">The id of who set it.</param>
/// <param name="LockedUntil">Until when it isn't compared, after too many wrong ones; null when it is.</param>
internal sealed record PinState(DateTimeOffset SetAt, string SetBy, DateTimeOffset? LockedUntil);

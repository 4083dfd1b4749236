namespace Frat.Storage.EfCore;

/// <summary>
/// Days that are to be derived anew because of a change of what many people share, or of many days of one. Stays until all of them are.
/// </summary>
internal sealed class DerivationRow
{
    public long Sequence { get; init; }

    /// <summary>Whose days: of anyone who is assigned this schedule; null: of everybody.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>Whose days: this person's alone.</summary>
    public Guid? PersonId { get; init; }

    public required DateOnly FirstDate { get; init; }

    public required DateOnly LastDate { get; init; }

    /// <summary>The last person who is done, in the order of ids.</summary>
    public Guid? DoneThrough { get; set; }

    /// <summary>The person who is done in part.</summary>
    public Guid? PartPersonId { get; set; }

    /// <summary>From which date on that person isn't done.</summary>
    public DateOnly? PartDate { get; set; }

    /// <summary>Until when a host is at it; another one takes over afterwards.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }
}

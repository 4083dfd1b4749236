namespace Frat.Storage.EfCore;

/// <summary>A time in which a person was not active. The person's row says how it is now; days of the past follow from these.</summary>
internal sealed class InactivePeriodRow
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Null while the person is not active.</summary>
    public DateTimeOffset? Until { get; set; }

    public InactivePeriod ToPeriod() => new() { From = Since, To = Until };
}

namespace Frat.Storage.EfCore;

internal sealed class PunchCorrectionRow
{
    public required Guid Id { get; init; }

    public required Guid PunchId { get; init; }

    /// <summary>The person of the punch, here too so that one index finds what was moved to a day.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Null when the punch is void.</summary>
    public DateTime? LocalTime { get; init; }

    public required string By { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}

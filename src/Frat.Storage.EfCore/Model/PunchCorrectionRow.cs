namespace Frat.Storage.EfCore;

internal sealed class PunchCorrectionRow
{
    public required Guid Id { get; init; }

    public required Guid PunchId { get; init; }

    /// <summary>The person of the punch, here too so that one index finds what was moved to a day.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Null when the punch is void.</summary>
    public DateTime? LocalTime { get; init; }

    public PunchDirection? Direction { get; init; }

    public required Actor By { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    public static PunchCorrectionRow From(PunchCorrection correction, Guid personId) => new()
    {
        Id = correction.Id,
        PunchId = correction.PunchId,
        PersonId = personId,
        LocalTime = correction.LocalTime?.ToMicrosecond(),
        Direction = correction.Direction,
        By = correction.By,
        Reason = correction.Reason,
        At = correction.At.ToMicrosecond(),
    };

    public PunchCorrection ToCorrection() => new()
    {
        Id = Id,
        PunchId = PunchId,
        LocalTime = LocalTime,
        Direction = Direction,
        By = By,
        Reason = Reason,
        At = At,
    };
}

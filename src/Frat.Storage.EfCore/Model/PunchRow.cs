namespace Frat.Storage.EfCore;

internal sealed class PunchRow
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public PersonRow? Person { get; init; }

    public required DateTimeOffset Instant { get; init; }

    public required string TimeZone { get; init; }

    public required DateTime LocalTime { get; init; }

    public required PunchDirection Direction { get; init; }

    public required PunchMethod Method { get; init; }

    public required string Source { get; init; }

    public float? Distance { get; init; }

    public float? DetectionScore { get; init; }

    public required string IdempotencyKey { get; init; }

    // The receipt of the first time: a replay must give it again, though the day may have been derived anew since.
    public required bool ReceiptMarked { get; init; }

    public required TimeOnly ReceiptTime { get; init; }

    public required AttendanceStatus ReceiptStatus { get; init; }

    public required Guid ReceiptPunchId { get; init; }

    public List<PunchCorrectionRow> Corrections { get; } = [];

    /// <summary>The row of a punch that led to this receipt.</summary>
    public static PunchRow From(Punch punch, PunchReceipt receipt) => new()
    {
        Id = punch.Id,
        PersonId = punch.PersonId,
        Instant = punch.Instant.ToMicrosecond(),
        TimeZone = punch.TimeZone,
        LocalTime = punch.LocalTime.ToMicrosecond(),
        Direction = punch.Direction,
        Method = punch.Method,
        Source = punch.Source,
        Distance = punch.Distance,
        DetectionScore = punch.DetectionScore,
        IdempotencyKey = punch.IdempotencyKey,
        ReceiptMarked = receipt.Marked,
        ReceiptTime = receipt.Day.Time,
        ReceiptStatus = receipt.Day.Status,
        ReceiptPunchId = receipt.Day.PunchId,
    };

    public Punch ToPunch() => new()
    {
        Id = Id,
        PersonId = PersonId,
        Instant = Instant,
        TimeZone = TimeZone,
        LocalTime = LocalTime,
        Direction = Direction,
        Method = Method,
        Source = Source,
        Distance = Distance,
        DetectionScore = DetectionScore,
        IdempotencyKey = IdempotencyKey,
    };

    /// <summary>The receipt that the punch led to when it was appended; the person must be loaded.</summary>
    public PunchReceipt ToReceipt() => new(
        new AttendanceDay(Person!.ToPerson(), DateOnly.FromDateTime(LocalTime), ReceiptTime, ReceiptStatus, ReceiptPunchId),
        ReceiptMarked);
}

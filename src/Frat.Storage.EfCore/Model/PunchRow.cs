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

    public Guid? DeviceId { get; init; }

    public float? Distance { get; init; }

    public float? DetectionScore { get; init; }

    public required string IdempotencyKey { get; init; }

    public string? RequestDigest { get; init; }

    /// <summary>When the punch was stored. Of two punches of one person and moment, never the same.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    // The receipt of the first time: a replay must give it again, though the day may have been derived anew since.
    public required PunchDirection ReceiptDirection { get; init; }

    public required bool ReceiptMarked { get; init; }

    public required bool ReceiptDuplicate { get; init; }

    public required DateOnly ReceiptDate { get; init; }

    public required AttendanceStatus ReceiptStatus { get; init; }

    public required DayKind ReceiptKind { get; init; }

    public LeavePart? ReceiptLeave { get; init; }

    public DateTime? ReceiptFirstIn { get; init; }

    public DateTime? ReceiptLastOut { get; init; }

    public required int ReceiptWorkedSeconds { get; init; }

    public int ReceiptExpectedSeconds { get; init; }

    public required int ReceiptLateSeconds { get; init; }

    public required int ReceiptEarlySeconds { get; init; }

    public Guid? ReceiptScheduleId { get; init; }

    public Guid? ReceiptPunchId { get; init; }

    public required int ReceiptPunchCount { get; init; }

    public List<PunchCorrectionRow> Corrections { get; } = [];

    /// <summary>The row of a punch that led to this receipt.</summary>
    public static PunchRow From(Punch punch, PunchReceipt receipt, DateTimeOffset receivedAt) => new()
    {
        Id = punch.Id,
        PersonId = punch.PersonId,
        Instant = punch.Instant.ToMicrosecond(),
        TimeZone = punch.TimeZone,
        LocalTime = punch.LocalTime.ToMicrosecond(),
        Direction = punch.Direction,
        Method = punch.Method,
        Source = punch.Source,
        DeviceId = punch.DeviceId,
        Distance = punch.Distance,
        DetectionScore = punch.DetectionScore,
        IdempotencyKey = punch.IdempotencyKey,
        RequestDigest = punch.RequestDigest,
        ReceivedAt = receivedAt,
        ReceiptDirection = receipt.Direction,
        ReceiptMarked = receipt.Marked,
        ReceiptDuplicate = receipt.Duplicate,
        ReceiptDate = receipt.Day.Date,
        ReceiptStatus = receipt.Day.Status,
        ReceiptKind = receipt.Day.Kind,
        ReceiptLeave = receipt.Day.Leave,
        ReceiptFirstIn = receipt.Day.FirstIn,
        ReceiptLastOut = receipt.Day.LastOut,
        ReceiptWorkedSeconds = (int)receipt.Day.Worked.TotalSeconds,
        ReceiptExpectedSeconds = (int)receipt.Day.Expected.TotalSeconds,
        ReceiptLateSeconds = (int)receipt.Day.LateBy.TotalSeconds,
        ReceiptEarlySeconds = (int)receipt.Day.EarlyBy.TotalSeconds,
        ReceiptScheduleId = receipt.Day.ScheduleId,
        ReceiptPunchId = receipt.Day.PunchId,
        ReceiptPunchCount = receipt.Day.PunchCount,
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
        DeviceId = DeviceId,
        Distance = Distance,
        DetectionScore = DetectionScore,
        IdempotencyKey = IdempotencyKey,
        RequestDigest = RequestDigest,
        ReceivedAt = ReceivedAt,
    };

    /// <summary>The punch as the rules take it; the corrections must be loaded.</summary>
    public PunchFacts ToFacts() =>
        new()
        {
            Punch = ToPunch(),
            Corrections = [.. Corrections.Select(correction => correction.ToCorrection())],
            ReceivedAt = ReceivedAt,
        };

    /// <summary>The receipt that the punch led to when it was appended; the person must be loaded.</summary>
    public PunchReceipt ToReceipt() => new()
    {
        PunchId = Id,
        Direction = ReceiptDirection,
        Day = new AttendanceDay
        {
            Person = Person!.ToPerson(),
            Date = ReceiptDate,
            Status = ReceiptStatus,
            Kind = ReceiptKind,
            Leave = ReceiptLeave,
            FirstIn = ReceiptFirstIn,
            LastOut = ReceiptLastOut,
            Worked = TimeSpan.FromSeconds(ReceiptWorkedSeconds),
            Expected = TimeSpan.FromSeconds(ReceiptExpectedSeconds),
            LateBy = TimeSpan.FromSeconds(ReceiptLateSeconds),
            EarlyBy = TimeSpan.FromSeconds(ReceiptEarlySeconds),
            ScheduleId = ReceiptScheduleId,
            PunchId = ReceiptPunchId,
            PunchCount = ReceiptPunchCount,
        },
        Marked = ReceiptMarked,
        Duplicate = ReceiptDuplicate,
    };
}

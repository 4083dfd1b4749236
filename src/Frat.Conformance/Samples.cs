namespace Frat.Conformance;

/// <summary>Values for the contract tests.</summary>
public static class Samples
{
    public const string EncoderId = "test-encoder";

    public static readonly DateOnly Monday = new(2026, 3, 2);

    /// <summary>Who does everything in these tests.</summary>
    public static readonly AuditNote Note = new() { By = Actor.User("HR"), Reason = "As the test says." };

    public static FaceEncoding Encoding(int seed, string encoderId = EncoderId)
    {
        var values = new float[128];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = MathF.Sin((seed * 131) + i) / 8;
        }

        return new FaceEncoding(encoderId, values);
    }

    public static Enrollment Enrollment(string employeeId, string name = "Ada Lovelace", params FaceEncoding[] encodings) => new()
    {
        EmployeeId = employeeId,
        Name = name,
        Templates = [.. (encodings.Length > 0 ? encodings : [Encoding(1)]).Select(encoding => new NewTemplate { Encoding = encoding })],
        Consent = Consent(),
        Note = Note,
    };

    /// <summary>A consent that was given long before every test and holds for many more.</summary>
    public static Consent Consent() => new()
    {
        TextVersion = "v1",
        Purpose = "Attendance",
        Basis = ConsentBasis.Given,
        GivenAt = new DateTimeOffset(1990, 1, 2, 3, 4, 5, TimeSpan.Zero),
        ExpiresAt = new DateTimeOffset(2120, 1, 2, 3, 4, 5, TimeSpan.Zero),
        RecordedBy = Actor.User("HR"),
    };

    /// <summary>A punch in Berlin, at a local time of a winter's day.</summary>
    public static Punch Punch(Guid personId, DateTime localTime, string? key = null) => new()
    {
        PersonId = personId,
        Instant = new DateTimeOffset(localTime, TimeSpan.FromHours(1)),
        TimeZone = "Europe/Berlin",
        LocalTime = localTime,
        Source = "kiosk-1",
        Distance = 0.41f,
        DetectionScore = 1.25f,
        IdempotencyKey = key ?? Guid.NewGuid().ToString(),
    };

    public static DateTime At(this DateOnly date, int hour, int minute = 0) => date.ToDateTime(new TimeOnly(hour, minute));

    public static PunchCorrection Correction(Guid punchId, DateTime? localTime, int madeAtMinute = 0) => new()
    {
        PunchId = punchId,
        LocalTime = localTime,
        By = Actor.User("HR"),
        Reason = "The kiosk's clock was wrong.",
        At = new DateTimeOffset(2026, 3, 5, 12, madeAtMinute, 0, TimeSpan.Zero),
    };
}

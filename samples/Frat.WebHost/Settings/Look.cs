namespace Frat.WebHost;

/// <summary>What somebody is told who looked into the camera, or typed a PIN.</summary>
internal enum LookKind
{
    /// <summary>The person came: "In 08:59".</summary>
    In,

    /// <summary>The person came, after the grace: "In 09:12, 12 min after 09:00".</summary>
    Late,

    /// <summary>The person went: "Out 17:03, 8 h 04 today".</summary>
    Out,

    /// <summary>Nothing is new: "You are in since 08:59", or gone since <see cref="Look.Left"/>.</summary>
    Again,
}

/// <summary>
/// What a punch means to the person, in the way that was chosen at the set-up. Immutable. All times are the site's wall's.
/// </summary>
internal sealed record Look
{
    public required LookKind Kind { get; init; }

    /// <summary>
    /// When it was that the person came or went; null of <see cref="LookKind.Again"/>, and where the receipt doesn't tell.
    /// </summary>
    public TimeOnly? Time { get; init; }

    /// <summary>The day's hours so far, of a going; null where nobody knows when the person came.</summary>
    public TimeSpan? Hours { get; init; }

    /// <summary>How late, of <see cref="LookKind.Late"/>: whole minutes after the shift's start.</summary>
    public TimeSpan LateBy { get; init; }

    /// <summary>When the person first came that day; null where nobody knows.</summary>
    public TimeOnly? Since { get; init; }

    /// <summary>When the person went, of <see cref="LookKind.Again"/> right after a going; null of one who is there.</summary>
    public TimeOnly? Left { get; init; }

    /// <summary>
    /// Of <see cref="LookKind.Out"/>: there was a going before. Where the last look of the day is the going, it may also be a coming back:
    /// until when the day goes now can be told, but goodbye can't be said.
    /// </summary>
    public bool IsFurther { get; init; }

    /// <summary>What a receipt means.</summary>
    /// <param name="receipt">Of a punch by face or PIN.</param>
    /// <param name="mode">What was chosen.</param>
    /// <param name="wall">What the clock on the wall shows, for a coming that isn't the first one of the day.</param>
    public static Look Of(PunchReceipt receipt, AttendanceMode mode, TimeOnly? wall = null)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        var day = receipt.Day;
        var (first, last) = (day.Time, day.LastOut is { } left ? TimeOnly.FromDateTime(left) : (TimeOnly?)null);
        if (mode == AttendanceMode.PresenceOnly)
        {
            return receipt.Marked ? Coming(day, first ?? last) : new Look { Kind = LookKind.Again, Since = first ?? last };
        }

        return receipt switch
        {
            { Duplicate: true } => new Look { Kind = LookKind.Again, Since = first, Left = last },
            { Direction: PunchDirection.Out } => new Look
            {
                Kind = LookKind.Out,
                Time = last,
                Hours = first is null ? null : day.Worked,
                Since = first,
                IsFurther = day.PunchCount > 2,
            },
            { Marked: true } => Coming(day, first),
            { Direction: PunchDirection.In } => new Look { Kind = LookKind.In, Time = wall, Since = first },
            _ => new Look { Kind = LookKind.Again, Since = first },
        };
    }

    private static Look Coming(AttendanceDay day, TimeOnly? time) => new()
    {
        Kind = day.IsLate ? LookKind.Late : LookKind.In,
        Time = time,
        LateBy = day.LateBy,
        Since = time,
    };
}

namespace Frat;

/// <summary>Which part of a day a leave covers. Stored by name.</summary>
public enum LeavePart
{
    /// <summary>The whole day.</summary>
    FullDay,

    /// <summary>The first half of the shift: the person is expected from its middle on.</summary>
    FirstHalf,

    /// <summary>The second half of the shift: the person may go at its middle.</summary>
    SecondHalf,

    /// <summary>From one time of day to another.</summary>
    Hours,
}

/// <summary>What a leave is. Stored by name.</summary>
public enum LeaveKind
{
    /// <summary>Paid leave, such as a vacation.</summary>
    Paid,

    /// <summary>Leave without pay.</summary>
    Unpaid,

    /// <summary>Sick leave. Say so only where the law wants it told apart: it is data about health.</summary>
    Sick,

    /// <summary>Work from elsewhere, where no camera sees anybody.</summary>
    RemoteWork,

    /// <summary>Away on business.</summary>
    BusinessTrip,
}

/// <summary>Leave of one person in a span of work dates. Leaves may overlap: what any of them covers is leave. Immutable.</summary>
public sealed record Leave
{
    /// <summary>The longest <see cref="Note"/>, in UTF-16 code units.</summary>
    public const int MaxNoteLength = 500;

    private const int MaxDays = 3653;

    /// <summary>The leave's id.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Whose leave.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The first work date.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last work date, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Which part of each of these days. Default: all of it.</summary>
    public LeavePart Part { get; init; }

    /// <summary>What it is. Default: <see cref="LeaveKind.Paid"/>.</summary>
    public LeaveKind Kind { get; init; }

    /// <summary>From when on, on the wall of the schedule's zone; with <see cref="LeavePart.Hours"/> only.</summary>
    public TimeOnly? Start { get; init; }

    /// <summary>
    /// Until when; with <see cref="LeavePart.Hours"/> only. Not later than <see cref="Start"/>: on the next day.
    /// </summary>
    public TimeOnly? End { get; init; }

    /// <summary>What for; at most <see cref="MaxNoteLength"/> characters. Keep illness out of it: nobody needs it to count days.</summary>
    public string? Note { get; init; }

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="leave">The value.</param>
    /// <exception cref="ArgumentException">
    /// A text is empty, too long or not well-formed, the part or the kind is none, the hours don't go with the part, or the last date is
    /// before the first or more than ten years after it.
    /// </exception>
    public static void ThrowIfInvalid(Leave leave)
    {
        ArgumentNullException.ThrowIfNull(leave);
        if (leave.To < leave.From || leave.To.DayNumber - leave.From.DayNumber > MaxDays)
        {
            throw new ArgumentException("A leave's last date is not before its first, nor more than ten years after it.", nameof(leave));
        }

        ArgumentChecks.CheckEnum(leave.Part);
        ArgumentChecks.CheckEnum(leave.Kind);
        if ((leave.Part == LeavePart.Hours) != (leave.Start is not null) || (leave.Start is null) != (leave.End is null)
            || (leave.Start is not null && leave.Start == leave.End))
        {
            throw new ArgumentException("A leave of hours has a start and another end; any other leave has neither.", nameof(leave));
        }

        ArgumentChecks.CheckOptional(leave.Note, MaxNoteLength);
    }
}

namespace Frat;

/// <summary>What leaves cover of a date.</summary>
/// <param name="Part">All of it, a half, some hours, or nothing: null.</param>
/// <param name="Kind">What kind of leave it is; of two, the first half's.</param>
/// <param name="SecondKind">The second half's, where it is another one.</param>
/// <param name="Hours">The leaves of hours.</param>
internal sealed record LeaveDays(LeavePart? Part, LeaveKind? Kind, LeaveKind? SecondKind, IReadOnlyList<Leave> Hours)
{
    public static LeaveDays None { get; } = new(null, null, null, []);

    public bool IsWhole => Part == LeavePart.FullDay;

    public bool IsHalf => Part is LeavePart.FirstHalf or LeavePart.SecondHalf;

    /// <summary>What leaves cover of a date; both halves are the whole.</summary>
    /// <param name="leaves">The person's leaves, in any order; of two of the same half, the one that began first names it.</param>
    /// <param name="date">The date.</param>
    /// <param name="holiday">The half that is a holiday, which takes no leave: that of the other half is all there is.</param>
    public static LeaveDays Covering(IReadOnlyList<Leave> leaves, DateOnly date, LeavePart? holiday = null)
    {
        var held = leaves.Where(leave => leave.From <= date && date <= leave.To).OrderBy(leave => leave.From).ThenBy(leave => leave.Id)
            .ToList();
        if (held.Count == 0)
        {
            return None;
        }

        var (first, second) = (KindOf(LeavePart.FirstHalf), KindOf(LeavePart.SecondHalf));
        var hours = held.FindAll(leave => leave.Part == LeavePart.Hours);
        return (first, second) switch
        {
            (null, null) when hours.Count == 0 => None,
            (null, null) => new(LeavePart.Hours, hours[0].Kind, null, hours),
            (not null, not null) => new(LeavePart.FullDay, first, second == first ? null : second, []),
            (not null, null) => new(holiday is null ? LeavePart.FirstHalf : LeavePart.FullDay, first, null, hours),
            (null, not null) => new(holiday is null ? LeavePart.SecondHalf : LeavePart.FullDay, second, null, hours),
        };

        LeaveKind? KindOf(LeavePart half) =>
            half == holiday ? null : held.Find(leave => leave.Part == LeavePart.FullDay || leave.Part == half)?.Kind;
    }

    /// <summary>The same where no schedule is in force: from when the date begins on, and not while the person isn't active.</summary>
    public static LeaveDays On(AttendanceFacts facts, DateOnly date)
    {
        if (date > AttendanceFacts.FindLastBegunDate(facts.AsOf) || !facts.Person.WorksOn(date))
        {
            return None;
        }

        var (from, to) = (
            new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            new DateTimeOffset(date.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero));
        return facts.InactivePeriods.Any(period => period.From <= from && (period.To is not { } end || end >= to))
            ? None
            : Covering(facts.Leaves, date);
    }
}

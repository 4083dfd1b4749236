namespace Frat;

/// <summary>Which leave somebody has on a date.</summary>
internal static class LeaveDays
{
    /// <summary>The part of a date that leaves cover; both halves are the whole.</summary>
    public static LeavePart? Covering(IReadOnlyList<Leave> leaves, DateOnly date)
    {
        LeavePart? covered = null;
        foreach (var leave in leaves)
        {
            if (leave.From <= date && date <= leave.To)
            {
                covered = covered is null || covered == leave.Part ? leave.Part : LeavePart.FullDay;
            }
        }

        return covered;
    }

    /// <summary>The same where no schedule is in force: from when the date begins on, and not while the person isn't active.</summary>
    public static LeavePart? On(AttendanceFacts facts, DateOnly date)
    {
        if (date > AttendanceFacts.FindLastBegunDate(facts.AsOf) || !facts.Person.WorksOn(date))
        {
            return null;
        }

        var (from, to) = (
            new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            new DateTimeOffset(date.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero));
        return facts.InactivePeriods.Any(period => period.From <= from && (period.To is not { } end || end >= to))
            ? null
            : Covering(facts.Leaves, date);
    }
}

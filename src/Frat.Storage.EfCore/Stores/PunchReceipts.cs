namespace Frat.Storage.EfCore;

/// <summary>What a punch came to when it was appended: the same in every store. Stateless.</summary>
internal static class PunchReceipts
{
    /// <summary>The receipt of a punch.</summary>
    /// <param name="days">The days that were derived with it.</param>
    /// <param name="marked">Which of them had been marked before.</param>
    /// <param name="punch">The punch.</param>
    public static PunchReceipt Of(IReadOnlyList<DayDetail> days, IReadOnlySet<DateOnly> marked, Punch punch)
    {
        foreach (var day in days)
        {
            if (day.Day is { } result && day.Punches.FirstOrDefault(other => other.PunchId == punch.Id) is { } counted)
            {
                var duplicate = counted.Role == PunchRole.Duplicate;
                return new PunchReceipt
                {
                    PunchId = punch.Id,
                    Direction = DirectionOf(counted.Role, punch.Direction),
                    Day = result,
                    Marked = !duplicate && !marked.Contains(day.Date),
                    Duplicate = duplicate,
                };
            }
        }

        throw new InvalidOperationException("The attendance rules gave the punch no day.");
    }

    // Who came has no partner yet; who only says that they go has none either.
    private static PunchDirection DirectionOf(PunchRole role, PunchDirection said) => role switch
    {
        PunchRole.In => PunchDirection.In,
        PunchRole.Out => PunchDirection.Out,
        PunchRole.Unpaired => said == PunchDirection.Out ? PunchDirection.Out : PunchDirection.In,
        _ => PunchDirection.Undetermined,
    };
}

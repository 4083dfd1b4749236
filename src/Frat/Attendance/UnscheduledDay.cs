namespace Frat;

/// <summary>The rule where there is no schedule, which is the original application's: the first punch of the local day marks it present.</summary>
internal static class UnscheduledDay
{
    /// <summary>Derives a day.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="date">The local date.</param>
    /// <param name="punches">The punches of that date in order, void ones too.</param>
    /// <returns>What the day comes to.</returns>
    public static DayDetail Derive(Person person, DateOnly date, IReadOnlyList<BoundPunch> punches)
    {
        var first = punches.FirstOrDefault(punch => punch.Counts);
        return new DayDetail
        {
            Date = date,
            Punches = [.. punches.Select(punch => punch.ToDayPunch(!punch.Counts ? punch.Role : punch == first ? PunchRole.In : PunchRole.Between))],
            Day = first is null ? null : new AttendanceDay
            {
                Person = person,
                Date = date,
                Status = AttendanceStatus.Present,
                FirstIn = first.Punch.LocalTime,
                PunchId = first.Punch.Id,
                PunchCount = punches.Count(punch => punch.Role != PunchRole.Void),
            },
        };
    }
}

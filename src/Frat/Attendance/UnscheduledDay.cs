namespace Frat;

/// <summary>
/// The rule where there is no schedule, which is the original application's: the first punch of the local day marks it present.
/// </summary>
internal static class UnscheduledDay
{
    /// <summary>Derives a day.</summary>
    /// <param name="facts">All facts.</param>
    /// <param name="date">The local date.</param>
    /// <param name="punches">The punches of that date in order, void ones too.</param>
    /// <returns>What the day comes to.</returns>
    public static DayDetail Derive(AttendanceFacts facts, DateOnly date, IReadOnlyList<BoundPunch> punches)
    {
        var (first, last) = (punches.FirstOrDefault(punch => punch.Counts), punches.LastOrDefault(punch => punch.Counts));
        return new DayDetail
        {
            Date = date,
            Punches = [.. punches.Select(punch => punch.ToDayPunch(
                !punch.Counts ? punch.Role : punch == first ? PunchRole.In : punch == last ? PunchRole.Out : PunchRole.Between))],
            Day = Day(facts, date, first, first == last ? null : last, punches.Count(punch => punch.Role != PunchRole.Void)),
        };
    }

    private static AttendanceDay? Day(AttendanceFacts facts, DateOnly date, BoundPunch? first, BoundPunch? last, int count)
    {
        // Nobody is expected, so nobody is missed; but a leave that was granted is shown.
        var leave = LeaveDays.On(facts, date);
        if (first is null && leave.Part is null)
        {
            return null;
        }

        return new AttendanceDay
        {
            Person = facts.Person,
            Date = date,
            Status = first is null || leave.IsWhole ? AttendanceStatus.OnLeave : AttendanceStatus.Present,
            Leave = leave.Part,
            LeaveKind = leave.Kind,
            SecondLeaveKind = leave.SecondKind,
            FirstIn = first?.Punch.LocalTime,
            LastOut = last?.Punch.LocalTime,
            Worked = last is null
                ? TimeSpan.Zero
                : TimeSpan.FromSeconds(Math.Floor((last.Punch.Instant - first!.Punch.Instant).TotalSeconds)),
            PunchId = first?.Punch.Id,
            PunchCount = count,
        };
    }
}

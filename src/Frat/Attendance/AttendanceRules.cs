namespace Frat;

/// <summary>The rules of docs/attendance.md.</summary>
internal sealed class AttendanceRules : IAttendanceRules
{
    public IReadOnlyList<DayDetail> Derive(AttendanceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var punches = facts.Punches.Select(EffectivePunch.Of).OrderBy(punch => punch.Instant).ThenBy(punch => punch.Id).ToLookup(punch => punch.LocalDate);
        var days = new List<DayDetail>();
        for (var number = facts.FirstDate.DayNumber; number <= facts.LastDate.DayNumber; number++)
        {
            var date = DateOnly.FromDayNumber(number);
            days.Add(UnscheduledDay.Derive(facts.Person, date, [.. punches[date]]));
        }

        return days;
    }

    public DateOnly FindLastClosedDate(Schedule schedule, DateTimeOffset asOf) => throw new NotSupportedException();

    public void Check(Schedule schedule) => throw new NotSupportedException();
}

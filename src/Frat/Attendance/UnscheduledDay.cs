using NodaTime;

namespace Frat;

/// <summary>The rule where there is no schedule, which is the original application's: the first punch of the local day marks it present.</summary>
internal static class UnscheduledDay
{
    /// <summary>Derives a day.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="date">The local date.</param>
    /// <param name="punches">The punches of that date in order, void ones too.</param>
    /// <returns>What the day comes to.</returns>
    public static DayDetail Derive(Person person, DateOnly date, IReadOnlyList<EffectivePunch> punches)
    {
        EffectivePunch? first = null;
        EffectivePunch? counted = null;
        var roles = new List<DayPunch>(punches.Count);
        foreach (var punch in punches)
        {
            var role = punch.IsVoid ? PunchRole.Void
                : counted is null ? PunchRole.In
                : punch.Instant - counted.Instant < Duration.FromTimeSpan(Schedule.DefaultDuplicateInterval) ? PunchRole.Duplicate
                : PunchRole.Between;
            counted = role is PunchRole.In or PunchRole.Between ? punch : counted;
            first ??= counted;
            roles.Add(new DayPunch(punch.Id, punch.LocalTime, punch.Instant.ToDateTimeOffset(), role, OutsideWindow: false, punch.IsCorrected));
        }

        return new DayDetail
        {
            Date = date,
            Punches = roles,
            Day = first is null ? null : new AttendanceDay
            {
                Person = person,
                Date = date,
                Status = AttendanceStatus.Present,
                FirstIn = first.LocalTime,
                PunchId = first.Id,
                PunchCount = punches.Count(punch => !punch.IsVoid),
            },
        };
    }
}

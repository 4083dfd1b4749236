using System.Globalization;

namespace Frat.WebHost.Pages.Schedules;

/// <summary>What a schedule makes of punches that nobody made, by the rules themselves.</summary>
internal static class ScheduleTrial
{
    private const int MostPunches = 20;

    /// <summary>What the punches come to, or why they can't be read.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="schedule">The schedule, which need not be stored.</param>
    /// <param name="date">The work date.</param>
    /// <param name="text">Such as <c>in 09:07, out 17:02</c>, or times alone; one before the last is on the next day.</param>
    public static string Run(IAttendanceRules rules, Schedule schedule, DateOnly date, string text)
    {
        var person = new Person { Id = Guid.NewGuid(), EmployeeId = "1", Name = "-", EnrolledAt = DateTimeOffset.UnixEpoch };
        try
        {
            rules.Check(schedule);
            var zone = SiteZone.Find(schedule.TimeZone);
            var punches = new List<PunchFacts>();
            var last = date.ToDateTime(TimeOnly.MinValue);
            foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (Read(part) is not { } punch || punches.Count == MostPunches)
                {
                    return $"Write up to {MostPunches} times, such as: in 09:07, out 17:02.";
                }

                var local = date.ToDateTime(punch.Time);
                local = local < last ? local.AddDays(1) : local;
                last = local;
                punches.Add(new PunchFacts
                {
                    Punch = new Punch
                    {
                        Id = Guid.CreateVersion7(),
                        PersonId = person.Id,
                        Instant = zone.ToInstant(local, out _),
                        LocalTime = local,
                        TimeZone = zone.Id,
                        Direction = punch.Direction,
                        Source = "trial",
                        IdempotencyKey = "trial",
                    },
                    Corrections = [],
                });
            }

            var day = rules.Derive(new AttendanceFacts
            {
                Person = person,
                FirstDate = date,
                LastDate = date,
                AsOf = zone.ToInstant(date.AddDays(4).ToDateTime(TimeOnly.MinValue), out _),
                Punches = punches,
                Schedules = [schedule],
                Defaults = [new DefaultSchedule { From = DateOnly.MinValue, ScheduleId = schedule.Id }],
            })[0];
            return day.Day is { } result ? Words(result, day) : "Nobody is expected, and nobody came: there is no record.";
        }
        catch (ArgumentException wrong)
        {
            return wrong.Message.Split(" (Parameter '")[0];
        }
    }

    private static string Words(AttendanceDay day, DayDetail detail) => string.Join(", ", ((string?[])
    [
        DayText.Words(day.Status),
        day.IsLate ? $"{day.LateBy.TotalMinutes:0} min late" : null,
        day.LeftEarly ? $"{day.EarlyBy.TotalMinutes:0} min early" : null,
        $"{(DayText.Hours(day) is { Length: > 0 } hours ? hours : "no")} hours",
        day.Overtime > TimeSpan.Zero ? $"{DayText.Minutes(day.Overtime)} more than expected" : null,
        day.Undertime > TimeSpan.Zero ? $"{DayText.Minutes(day.Undertime)} less than expected" : null,
        day.NightWorked > TimeSpan.Zero ? $"{DayText.Minutes(day.NightWorked)} at night" : null,
        detail.Punches.Any(punch => punch.Role == PunchRole.Unpaired) ? "a punch has no partner" : null,
    ]).OfType<string>());

    private static (TimeOnly Time, PunchDirection Direction)? Read(string part)
    {
        var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var direction = words.Length == 1 ? PunchDirection.Undetermined : words[0].ToUpperInvariant() switch
        {
            "IN" => PunchDirection.In,
            "OUT" => PunchDirection.Out,
            _ => (PunchDirection?)null,
        };
        return words.Length is 1 or 2 && direction is { } known
            && TimeOnly.TryParseExact(
                words[^1], ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? (time, known)
                : null;
    }
}

using FsCheck.Xunit;
using NodaTime;

namespace Frat.Tests.Attendance;

[Properties(Arbitrary = [typeof(AnyScenario)], MaxTest = 500)]
public sealed class AttendancePropertyTests
{
    [Property]
    public void Derive_FactsInAnyOrder_GivesTheSame(Scenario scenario)
    {
        var expected = Scenario.Text(scenario.Derive());
        var random = new Random(scenario.Seed);
        var facts = scenario.ToFacts();

        var shuffled = facts with
        {
            Punches = [.. facts.Punches.Select(punch => punch with { Corrections = Shuffle(random, punch.Corrections) })
                .OrderBy(_ => random.Next())],
            Leaves = Shuffle(random, facts.Leaves),
            Assignments = Shuffle(random, facts.Assignments),
            InactivePeriods = Shuffle(random, facts.InactivePeriods),
            Schedules = Shuffle(random, facts.Schedules),
        };

        Scenario.Text(new AttendanceRules().Derive(shuffled)).ShouldBe(expected, scenario.ToString());
    }

    [Property]
    public void Derive_Again_GivesTheSame(Scenario scenario) =>
        Scenario.Text(scenario.Derive()).ShouldBe(Scenario.Text(scenario.Derive()), scenario.ToString());

    [Property]
    public void Derive_OneDayFromThePunchesOfItsMargin_GivesWhatAllOfThemGive(Scenario scenario)
    {
        foreach (var day in scenario.Derive())
        {
            var facts = scenario.ToFacts(day.Date, day.Date);
            var near = facts with { Punches = [.. facts.Punches.Where(punch => IsNear(punch, day.Date, AttendanceFacts.MarginDays))] };

            Scenario.Text(new AttendanceRules().Derive(near)).ShouldBe(Scenario.Text([day]), scenario.ToString());
        }
    }

    [Property]
    public void Derive_OnePunchLess_ChangesNoDayBeyondTheMargin(Scenario scenario)
    {
        var all = scenario.Derive().ToDictionary(day => day.Date, day => Scenario.Text([day]));
        foreach (var punch in scenario.Punches)
        {
            var facts = scenario.ToFacts();
            foreach (var day in new AttendanceRules().Derive(facts with { Punches = [.. facts.Punches.Where(other => other != punch)] }))
            {
                (IsNear(punch, day.Date, AttendanceFacts.MarginDays) || Scenario.Text([day]) == all[day.Date]).ShouldBeTrue(
                    $"{day.Date:O}, {punch.Punch.LocalTime:s} of {scenario}");
            }
        }
    }

    [Property]
    public void Derive_EveryPunch_CountsExactlyOnce(Scenario scenario)
    {
        var days = scenario.Derive();

        days.SelectMany(day => day.Punches).Select(punch => punch.PunchId).Order()
            .ShouldBe(scenario.Punches.Select(punch => punch.Punch.Id).Order(), scenario.ToString());
        days.Sum(day => day.Day?.PunchCount ?? 0).ShouldBe(
            days.Sum(day => day.Punches.Count(punch => punch.Role != PunchRole.Void)), scenario.ToString());
    }

    [Property]
    public void Derive_WorkedTime_IsWhatItsPairsSay(Scenario scenario)
    {
        foreach (var day in scenario.Derive().Where(day => day.Day?.ScheduleId is not null))
        {
            var schedule = scenario.Schedules.Single(one => one.Id == day.Day!.ScheduleId);
            var pairs = day.Punches.Where(punch => punch.Role is PunchRole.In or PunchRole.Out).ToList();
            pairs.Select((punch, i) => punch.Role == (i % 2 == 0 ? PunchRole.In : PunchRole.Out))
                .ShouldAllBe(inTurn => inTurn, scenario.ToString());
            (pairs.Count % 2).ShouldBe(0, scenario.ToString());
            var present = TimeSpan.FromTicks(pairs.Select(punch => (punch.Role == PunchRole.In ? -1 : 1) * punch.Instant.UtcTicks).Sum());

            day.Day!.Worked.ShouldBeInRange(TimeSpan.Zero, present + schedule.RoundTo, scenario.ToString());
            day.Day.NightWorked.ShouldBeInRange(TimeSpan.Zero, day.Day.Worked, scenario.ToString());
            day.Day.HolidayWorked.ShouldBeInRange(TimeSpan.Zero, day.Day.Worked, scenario.ToString());
            if (!schedule.CountsFromStart && schedule.Pattern.Count == 0)
            {
                (present - day.Day.Worked).ShouldBeLessThan(
                    schedule.Break + schedule.RoundTo + TimeSpan.FromSeconds(1), scenario.ToString());
            }

            (schedule.Hours == HoursRule.FirstInLastOut && pairs.Count > 2).ShouldBeFalse(scenario.ToString());
        }
    }

    [Property]
    public void Derive_TheBalance_IsWhatWasWorkedLessWhatWasExpected(Scenario scenario)
    {
        foreach (var day in scenario.Derive().Select(day => day.Day).OfType<AttendanceDay>().Where(day => day.ScheduleId is not null))
        {
            var (difference, balance) = (day.Worked - day.Expected, day.Overtime - day.Undertime);
            (day.Overtime == TimeSpan.Zero || day.Undertime == TimeSpan.Zero).ShouldBeTrue(scenario.ToString());
            balance.ShouldBeOneOf([TimeSpan.Zero, difference], scenario.ToString());
            (day.Expected > TimeSpan.Zero && day.LeaveDays == 1).ShouldBeFalse(scenario.ToString());
            day.AbsentDays.ShouldBeInRange(0, 1, scenario.ToString());
        }
    }

    [Property]
    public void Derive_AnOddPunch_IsNeverAnAbsence(Scenario scenario)
    {
        foreach (var day in scenario.Derive().Where(day => day.Punches.Any(punch => punch.Role == PunchRole.Unpaired)))
        {
            // W8: where nobody was expected, a single look is no work.
            var isWork = day.Punches.Any(punch => punch.Role == PunchRole.Out);
            var expected = day.Day!.Leave == LeavePart.FullDay ? AttendanceStatus.OnLeave
                : day.ClosesAt is not null ? day.Day.IsLate ? AttendanceStatus.Late : AttendanceStatus.Present
                : day.Day.Kind is DayKind.Workday or DayKind.HalfHoliday || isWork ? AttendanceStatus.Incomplete
                : AttendanceStatus.Holiday;
            day.Day.Status.ShouldBe(expected, scenario.ToString());
        }
    }

    [Property]
    public void Derive_NotActiveForAWhile_NobodyIsMissedThenAndEveryPunchCountsAllTheSame(Scenario scenario)
    {
        var always = new AttendanceRules().Derive(scenario.ToFacts() with { InactivePeriods = [] });
        foreach (var (day, active) in scenario.Derive().Zip(always))
        {
            day.Punches.ShouldBe(active.Punches, scenario.ToString());
            if (active.Day?.ScheduleId is not { } id || scenario.Schedules.Find(one => one.Id == id) is not { } schedule)
            {
                // Without a schedule only a leave can be missing.
                if (active.Day?.Leave == day.Day?.Leave)
                {
                    Scenario.Text([day with { Expected = active.Expected }]).ShouldBe(Scenario.Text([active]), scenario.ToString());
                }

                (day.Day?.Worked ?? TimeSpan.Zero).ShouldBe(active.Day?.Worked ?? TimeSpan.Zero, scenario.ToString());
                continue;
            }

            var shift = ShiftTimes.Of(schedule, day.Date);
            if (scenario.InactivePeriods.Exists(period => Touches(period, shift)))
            {
                day.Day?.Status.ShouldNotBe(AttendanceStatus.Absent, scenario.ToString());
                (day.Day?.Worked ?? TimeSpan.Zero).ShouldBe(active.Day.Worked, scenario.ToString());
            }
            else
            {
                Scenario.Text([day]).ShouldBe(Scenario.Text([active]), scenario.ToString());
            }
        }

        static bool Touches(InactivePeriod period, ShiftTimes shift) =>
            period.From < shift.End.ToDateTimeOffset() && (period.To ?? DateTimeOffset.MaxValue) > shift.Start.ToDateTimeOffset();
    }

    [Property]
    public void FindLastClosedDate_AnyMoment_IsTheLastOneWhoseWindowIsOver(Scenario scenario)
    {
        var schedule = scenario.Schedules[0] with { HolidayCalendarId = null, Weekdays = Weekdays.All };

        var closed = new AttendanceRules().FindLastClosedDate(schedule, scenario.AsOf);

        var now = Instant.FromDateTimeOffset(scenario.AsOf);
        for (var back = 0; back < 4; back++)
        {
            ShiftTimes.Of(schedule, closed.AddDays(-back)).WindowEnd.ShouldBeLessThanOrEqualTo(now, scenario.ToString());
        }

        ShiftTimes.Of(schedule, closed.AddDays(1)).WindowEnd.ShouldBeGreaterThan(now, scenario.ToString());
    }

    private static bool IsNear(PunchFacts punch, DateOnly date, int days) =>
        punch.Corrections.Select(correction => correction.LocalTime).Append(punch.Punch.LocalTime).OfType<DateTime>()
            .Any(time => Math.Abs(DateOnly.FromDateTime(time).DayNumber - date.DayNumber) <= days);

    private static List<T> Shuffle<T>(Random random, IEnumerable<T> items) => [.. items.OrderBy(_ => random.Next())];

    private static class AnyScenario
    {
        public static FsCheck.Arbitrary<Scenario> Any() => Scenario.Any();
    }
}

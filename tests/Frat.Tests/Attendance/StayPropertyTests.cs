using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Frat.Tests.Attendance;

/// <summary>
/// A stay that begins within a shift's window and ends within it is one day, whatever the kinds of the dates around (W1). The oracle is
/// arithmetic on the wall's clock; it knows nothing of how punches find their dates.
/// </summary>
[Properties(Arbitrary = [typeof(AnyWeeks)], MaxTest = 1000)]
public sealed class StayPropertyTests
{
    [Property]
    public void Derive_AStayWithinAWindow_IsOneDay(Weeks weeks)
    {
        var (date, comes, goes) = weeks.StayInWindow();
        var facts = weeks.ToFacts([comes, goes]);

        var days = new AttendanceRules().Derive(facts).Where(day => day.Punches.Count > 0).ToList();

        var day = days.ShouldHaveSingleItem($"{date:O}: {weeks.Say(comes)} to {weeks.Say(goes)}; {weeks}");
        day.Punches.Count.ShouldBe(2, weeks.ToString());
        day.Day!.Worked.ShouldBe(TimeSpan.FromSeconds(Math.Floor((goes - comes).TotalSeconds)), weeks.ToString());
        day.Day.Status.ShouldNotBe(AttendanceStatus.Incomplete, weeks.ToString());
    }

    [Property]
    public void Derive_AStayOnEachDateInARow_IsThatDatesWhateverItsKind(Weeks weeks)
    {
        var stays = weeks.StayOnEachDate();

        var days = new AttendanceRules().Derive(weeks.ToFacts([.. stays.SelectMany(stay => new[] { stay.Comes, stay.Goes })]));

        foreach (var (date, comes, goes) in stays)
        {
            var day = days.Single(day => day.Date == date);
            (day.Day?.Worked).ShouldBe(
                TimeSpan.FromSeconds(Math.Floor((goes - comes).TotalSeconds)),
                $"{date:O}: {weeks.Say(comes)} to {weeks.Say(goes)}; {weeks}");
            day.Day!.Status.ShouldNotBe(AttendanceStatus.Incomplete, weeks.ToString());
        }
    }

    private static class AnyWeeks
    {
        public static Arbitrary<Weeks> Any() => Gen.Choose(0, int.MaxValue - 1).Select(seed => new Weeks(seed)).ToArbitrary();
    }

    /// <summary>
    /// Two weeks of somebody with one schedule, around a change of the clock every other time: workdays, days off and holidays in any
    /// order, leaves, hired or away.
    /// </summary>
    public sealed class Weeks
    {
        private readonly Random _random;
        private readonly DateTimeZone _zone;
        private readonly DateOnly _middle;
        private readonly Schedule _schedule;
        private readonly HolidayCalendar _calendar;
        private readonly Leave[] _leaves;
        private readonly InactivePeriod[] _inactive;
        private readonly Person _person;
        private readonly DateOnly _from;
        private readonly int _seed;

        public Weeks(int seed)
        {
            (_seed, _random) = (seed, new Random(seed));
            _zone = DateTimeZoneProviders.Tzdb[Scenario.Zones[_random.Next(Scenario.Zones.Length)]];
            var changes = _zone.GetZoneIntervals(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2027, 1, 1, 0, 0)).Skip(1).ToList();
            _middle = changes.Count > 0 && _random.Next(2) == 0
                ? changes[_random.Next(changes.Count)].Start.InZone(_zone).Date.ToDateOnly()
                : new DateOnly(2026, 3, 1).AddDays(_random.Next(200));
            _calendar = new HolidayCalendar
            {
                Name = "Holidays", Holidays = [.. Enumerable.Range(-7, 15).Where(_ => _random.Next(4) == 0)
                    .Select(day => new Holiday { Date = _middle.AddDays(day), Name = "A holiday" })],
            };
            var start = TimeOnly.MinValue.AddMinutes(15 * _random.Next(96));
            var usesDefaults = _random.Next(2) == 0;
            _schedule = new Schedule
            {
                Name = "Any",
                TimeZone = _zone.Id,
                Start = start,
                End = _random.Next(6) == 0 ? start : start.AddMinutes(15 * _random.Next(8, 56)),
                Weekdays = _random.Next(3) switch { 0 => Weekdays.All, 1 => Weekdays.MondayToFriday, _ => (Weekdays)_random.Next(128) },
                WindowBefore = usesDefaults ? TimeSpan.FromHours(2) : TimeSpan.FromMinutes(30 * _random.Next(25)),
                WindowAfter = usesDefaults ? TimeSpan.FromHours(4) : TimeSpan.FromMinutes(30 * _random.Next(25)),
                Direction = (DirectionRule)_random.Next(3),
                Hours = (HoursRule)_random.Next(2),
                HolidayCalendarId = _calendar.Id,
            };
            _leaves = _random.Next(3) == 0
                ? [new()
                {
                    PersonId = Facts.Ada.Id,
                    From = _middle.AddDays(_random.Next(-3, 1)),
                    To = _middle.AddDays(_random.Next(1, 4)),
                    Part = (LeavePart)_random.Next(3)
                }] : [];
            var moment = new DateTimeOffset(_middle.ToDateTime(new TimeOnly(_random.Next(24), 0)), TimeSpan.Zero);
            _inactive = _random.Next(4) == 0 ? [new()
            {
                From = moment.AddDays(-1),
                To = _random.Next(2) == 0 ? null : moment.AddDays(1),
            }] : [];
            _person = _random.Next(4) == 0 ? Facts.Ada with { EnrolledAt = moment } : Facts.Ada;
            _from = _random.Next(3) == 0 ? _middle.AddDays(_random.Next(-3, 1)) : _middle.AddDays(-100);
        }

        public (DateOnly Date, Instant Comes, Instant Goes) StayInWindow()
        {
            var date = _middle.AddDays(_random.Next(4));
            var (start, end) = Shift(date);
            var (first, last) = (start - Duration.FromTimeSpan(_schedule.WindowBefore), end + Duration.FromTimeSpan(_schedule.WindowAfter));
            var minutes = (int)(last - first).TotalMinutes;
            var comes = first + Duration.FromMinutes(_random.Next(minutes - 3));
            return (date, comes, comes + Duration.FromMinutes(_random.Next(2, (int)(last - comes).TotalMinutes + 1)));
        }

        /// <summary>
        /// Comes up to an hour before the shift or during its first half, goes during its last half or a while after it; always before the
        /// next date's shift would begin.
        /// </summary>
        public List<(DateOnly Date, Instant Comes, Instant Goes)> StayOnEachDate()
        {
            var stays = new List<(DateOnly, Instant, Instant)>();
            var free = Instant.MinValue;
            for (var date = _middle.AddDays(-2); date <= _middle.AddDays(5); date = date.AddDays(1))
            {
                var (start, end) = Shift(date);
                var half = (int)(end - start).TotalMinutes / 2;
                var before = (int)Math.Min(60, _schedule.WindowBefore.TotalMinutes);
                var comes = start + Duration.FromMinutes(_random.Next(-before, half));
                comes = comes <= free ? free + Duration.FromMinutes(2) : comes;
                var room = (Shift(date.AddDays(1)).Start - end).TotalMinutes - 5;
                var after = (int)Math.Max(0, Math.Min(room, _schedule.WindowAfter.TotalMinutes));
                var goes = end + Duration.FromMinutes(_random.Next(-half + 5, after + 1));
                if (date < _from || goes - comes < Duration.FromMinutes(3))
                {
                    continue;
                }

                stays.Add((date, comes, goes));
                free = goes;
            }

            return stays;
        }

        public AttendanceFacts ToFacts(IReadOnlyList<Instant> moments) => new()
        {
            Person = _person,
            FirstDate = _middle.AddDays(-10),
            LastDate = _middle.AddDays(14),
            AsOf = new DateTimeOffset(_middle.AddDays(60).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            Schedules = [_schedule],
            Calendars = [_calendar],
            Defaults = [new() { From = _from, ScheduleId = _schedule.Id }],
            Leaves = _leaves,
            InactivePeriods = _inactive,
            Punches = [.. moments.Select((moment, i) => new PunchFacts
            {
                Punch = new Punch
                {
                    Id = new Guid(i, 1, 0, new byte[8]),
                    PersonId = Facts.Ada.Id,
                    Instant = moment.ToDateTimeOffset(),
                    TimeZone = _zone.Id,
                    LocalTime = moment.InZone(_zone).ToDateTimeUnspecified(),
                    Direction = _schedule.Direction == DirectionRule.Alternating
                        ? PunchDirection.Undetermined
                        : i % 2 == 0 ? PunchDirection.In : PunchDirection.Out,
                    Source = "test",
                    IdempotencyKey = $"{i}",
                },
                Corrections = [],
            })],
        };

        public string Say(Instant moment) => moment.InZone(_zone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);

        public override string ToString() =>
            $"seed {_seed}, from {_from:O}, holidays {string.Join(' ', _calendar.Holidays.Select(holiday => $"{holiday.Date:MM-dd}"))}, "
                + $"{_schedule}";

        private (Instant Start, Instant End) Shift(DateOnly date)
        {
            var (start, end) = (At(date, _schedule.Start), At(_schedule.End <= _schedule.Start ? date.AddDays(1) : date, _schedule.End));
            return (start, end > start ? end : start + Duration.FromSeconds(1));
        }

        private Instant At(DateOnly date, TimeOnly time) =>
            LocalDateTime.FromDateTime(date.ToDateTime(time)).InZoneLeniently(_zone).ToInstant();
    }
}

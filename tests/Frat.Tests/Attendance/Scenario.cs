using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Frat.Tests.Attendance;

/// <summary>
/// A week or so of one person, at random: any schedule, around a change of the clock every other time, with punches anywhere, also in
/// clusters and of other zones, corrections, leaves and holidays.
/// </summary>
public sealed class Scenario
{
    public static readonly string[] Zones =
        [
            "America/New_York",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "Asia/Kolkata",
            "Asia/Tokyo",
            "Asia/Kathmandu",
            "Pacific/Apia",
            "America/St_Johns"
        ];

    private readonly Random _random;

    private Scenario(int seed)
    {
        Seed = seed;
        _random = new Random(seed);
        var zone = Pick(Zones);
        var year = DateTimeZoneProviders.Tzdb[zone].GetZoneIntervals(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2027, 1, 1, 0, 0))
            .Skip(1)
            .ToList();
        Middle = year.Count > 0 && _random.Next(2) == 0
            ? Pick(year).Start.InZone(DateTimeZoneProviders.Tzdb[zone]).Date.ToDateOnly()
            : new DateOnly(2026, 1, 1).AddDays(_random.Next(365));
        Schedules = [NewSchedule(zone), NewSchedule(_random.Next(4) == 0 ? Pick(Zones) : zone)];
        Calendar = new HolidayCalendar { Name = "Holidays", Holidays = [new()
        {
            Date = Middle.AddDays(_random.Next(-3, 4)),
            Name = "One",
            Part = Pick<LeavePart>([LeavePart.FullDay, LeavePart.FullDay, LeavePart.FirstHalf, LeavePart.SecondHalf]),
        }] };
        Schedules[0] = Schedules[0] with { HolidayCalendarId = Calendar.Id };
        Defaults = _random.Next(5) == 0 ? [] : [new()
        {
            From = Middle.AddDays(_random.Next(3) == 0 ? 0 : -400),
            ScheduleId = Schedules[0].Id,
        }];
        Assignments = _random.Next(2) == 0
            ? []
            : [new()
            {
                Id = NewId(),
                PersonId = Facts.Ada.Id,
                ScheduleId = Schedules[1].Id,
                From = Middle.AddDays(_random.Next(-3, 3)),
                To = Middle.AddDays(_random.Next(3, 6)),
            }];
        Leaves = [.. Enumerable.Range(0, _random.Next(3) == 0 ? _random.Next(1, 3) : 0).Select(_ => NewLeave())];
        AsOf = new DateTimeOffset(Middle.ToDateTime(new(_random.Next(24), 0)), TimeSpan.Zero).AddDays(_random.Next(3) == 0 ? 0 : 60);
        Punches = NewPunches(zone);
        var from = new DateTimeOffset(
            Middle.AddDays(_random.Next(-4, 3)).ToDateTime(new(_random.Next(24), _random.Next(60))), TimeSpan.Zero);
        InactivePeriods = _random.Next(3) == 0 ? [new()
        {
            From = from,
            To = _random.Next(3) == 0 ? null : from.AddHours(_random.Next(60)),
        }] : [];
    }

    public int Seed { get; }

    public DateOnly Middle { get; }

    public DateOnly First => Middle.AddDays(-8);

    public DateOnly Last => Middle.AddDays(8);

    public List<Schedule> Schedules { get; }

    public HolidayCalendar Calendar { get; }

    public List<DefaultSchedule> Defaults { get; }

    public List<ScheduleAssignment> Assignments { get; }

    public List<Leave> Leaves { get; }

    public DateTimeOffset AsOf { get; }

    public List<PunchFacts> Punches { get; }

    public List<InactivePeriod> InactivePeriods { get; }

    public static Arbitrary<Scenario> Any() => Gen.Choose(0, int.MaxValue - 1).Select(seed => new Scenario(seed)).ToArbitrary();

    public AttendanceFacts ToFacts(DateOnly? first = null, DateOnly? last = null) => new()
    {
        Person = Facts.Ada,
        FirstDate = first ?? First,
        LastDate = last ?? Last,
        AsOf = AsOf,
        Punches = Punches,
        Schedules = Schedules,
        Calendars = [Calendar],
        Defaults = Defaults,
        Assignments = Assignments,
        Leaves = Leaves,
        InactivePeriods = InactivePeriods,
    };

    public IReadOnlyList<DayDetail> Derive(DateOnly? first = null, DateOnly? last = null) =>
        new AttendanceRules().Derive(ToFacts(first, last));

    public override string ToString() =>
        $"seed {Seed}: {string.Join("; ", Schedules)}; {string.Join("; ", Assignments)}; {string.Join("; ", Defaults)}; "
            + $"{string.Join("; ", InactivePeriods)}; "
            + string.Join(
                "; ",
                Punches.Select(
                    facts =>
                        $"{facts.Punch.LocalTime:s} {facts.Punch.TimeZone} "
                            + $"{facts.Punch.Direction}"
                            + string.Concat(facts.Corrections.Select(c => $" -> {c.LocalTime:s} {c.Direction}"))));

    public static string Text(IEnumerable<DayDetail> days) => string.Join('\n', days.Select(day =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Date:O} {day.Day} {day.ClosesAt:O} "
            + $"[{string.Join(", ", day.Punches)}] [{string.Join(", ", day.Expected)}]")));

    private Leave NewLeave()
    {
        var (part, start) = (Pick(Enum.GetValues<LeavePart>()), _random.Next(24));
        return new()
        {
            Id = NewId(),
            PersonId = Facts.Ada.Id,
            From = Middle.AddDays(-_random.Next(2)),
            To = Middle.AddDays(_random.Next(3)),
            Part = part,
            Kind = Pick(Enum.GetValues<LeaveKind>()),
            Start = part == LeavePart.Hours ? new TimeOnly(start, 0) : null,
            End = part == LeavePart.Hours ? new TimeOnly((start + _random.Next(1, 6)) % 24, 0) : null,
        };
    }

    private Schedule NewSchedule(string zone)
    {
        var schedule = NewPlainSchedule(zone) with
        {
            IsExempt = _random.Next(12) == 0,
            CountsFromStart = _random.Next(6) == 0,
            RoundTo = TimeSpan.FromMinutes(_random.Next(6) == 0 ? 15 : 0),
            Rounding = Pick(Enum.GetValues<HoursRounding>()),
            BalanceTolerance = TimeSpan.FromMinutes(_random.Next(3) * 10),
            NightStart = new(22, 0),
            NightEnd = new(6, 0),
        };
        return _random.Next(6) switch
        {
            0 => schedule with { Pattern = NewPattern(2), PatternWeeks = 2, PatternStart = Middle },
            1 => schedule with { Pattern = NewPattern(1) },
            2 => schedule with { Flexible = new() { Target = TimeSpan.FromHours(_random.Next(1, 9)), CoreStart = schedule.Start } },
            _ => schedule,
        };
    }

    private ShiftHours[] NewPattern(int weeks) =>
        [.. Enumerable.Range(0, 7 * weeks).Where(day => day == 0 || _random.Next(4) > 0).SelectMany(day =>
        {
            var (start, parts) = (_random.Next(20), _random.Next(3) == 0 ? 2 : 1);
            return parts == 1
                ? [Hours(start, (start + _random.Next(1, 12)) % 24)]
                : new[] { Hours(start, start + 2), Hours(start + 3, (start + 3 + _random.Next(1, 6)) % 24) };

            ShiftHours Hours(int from, int to) =>
                new() { Week = day / 7, Day = (DayOfWeek)(day % 7), Start = new(from, 0), End = new(to, 0) };
        })];

    private Schedule NewPlainSchedule(string zone) => new()
    {
        Id = NewId(),
        Name = "Any",
        TimeZone = zone,
        Start = TimeOnly.MinValue.AddMinutes(15 * _random.Next(96)),
        End = TimeOnly.MinValue.AddMinutes(15 * _random.Next(96)),
        Weekdays = _random.Next(2) == 0 ? Weekdays.All : (Weekdays)_random.Next(128),
        WindowBefore = TimeSpan.FromMinutes(30 * _random.Next(25)),
        WindowAfter = TimeSpan.FromMinutes(30 * _random.Next(25)),
        Break = TimeSpan.FromMinutes(15 * _random.Next(5)),
        BreakAfter = TimeSpan.FromHours(_random.Next(7)),
        Direction = Pick(Enum.GetValues<DirectionRule>()),
        Hours = Pick(Enum.GetValues<HoursRule>()),
        HalfDayBelow = _random.Next(2) == 0 ? null : TimeSpan.FromHours(6),
        AbsentBelow = _random.Next(2) == 0 ? null : TimeSpan.FromHours(_random.Next(4)),
        LateGrace = TimeSpan.FromMinutes(_random.Next(20)),
        EarlyGrace = TimeSpan.FromMinutes(_random.Next(20)),
        DuplicateInterval = TimeSpan.FromSeconds(_random.Next(3) switch { 0 => 0, 1 => 60, _ => _random.Next(3600) }),
    };

    private List<PunchFacts> NewPunches(string zone)
    {
        var punches = new List<PunchFacts>();
        var instant = new DateTimeOffset(Middle.AddDays(-4).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMinutes(_random.Next(2000));
        for (var left = _random.Next(20); left > 0; left--)
        {
            instant = instant.AddSeconds(_random.Next(4) == 0 ? _random.Next(130) : _random.Next(16 * 3600));
            if (instant.UtcDateTime > Middle.AddDays(4).ToDateTime(TimeOnly.MinValue))
            {
                break;
            }

            var site = _random.Next(12) == 0 ? Pick(Zones) : zone;
            var local = Instant.FromDateTimeOffset(instant).InZone(DateTimeZoneProviders.Tzdb[site]).ToDateTimeUnspecified();
            var punch = new Punch
            {
                Id = NewId(),
                PersonId = Facts.Ada.Id,
                Instant = instant,
                TimeZone = site,
                LocalTime = local,
                Direction = Pick(Enum.GetValues<PunchDirection>()),
                Source = "test",
                IdempotencyKey = Guid.NewGuid().ToString(),
            };
            punches.Add(new PunchFacts
            {
                Punch = punch,
                Corrections = [.. Enumerable.Range(0, _random.Next(5) == 0 ? _random.Next(1, 3) : 0).Select(minute => new PunchCorrection
                {
                    Id = NewId(),
                    PunchId = punch.Id,
                    LocalTime = _random.Next(3) == 0 ? null : local.AddMinutes(_random.Next(-600, 600)),
                    Direction = _random.Next(2) == 0 ? null : Pick(Enum.GetValues<PunchDirection>()),
                    By = Actor.User("HR"),
                    Reason = "Test.",
                    At = instant.AddDays(1).AddMinutes(minute),
                })],
            });
        }

        return punches;
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private Guid NewId()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}

using NodaTime;

namespace Frat.Tests.Attendance;

/// <summary>Builds facts for the rules, in the words of a wall clock.</summary>
internal sealed class Facts
{
    public static readonly DateOnly Monday = new(2026, 3, 2);

    public static readonly Person Ada = new()
    {
        Id = new Guid("00000000-0000-0000-0000-0000000000aa"),
        EmployeeId = "E-1",
        Name = "Ada Lovelace",
        EnrolledAt = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    public static readonly Schedule Office = new() { Name = "Office", TimeZone = "Europe/Berlin", Start = new(9, 0), End = new(17, 0) };

    public static readonly Schedule Night = new() { Name = "Night", TimeZone = "Europe/Berlin", Start = new(22, 0), End = new(6, 0) };

    private readonly List<PunchFacts> _punches = [];
    private int _ids;

    public Schedule? Schedule { get; set; } = Office;

    public DateTimeOffset AsOf { get; set; } = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Person Person { get; set; } = Ada;

    public List<Leave> Leaves { get; } = [];

    public List<InactivePeriod> Inactive { get; } = [];

    /// <summary>Assigned beside the default schedule.</summary>
    public List<(Schedule Schedule, DateOnly From, DateOnly? To)> Assigned { get; } = [];

    public DateOnly DefaultFrom { get; set; } = new(2000, 1, 1);

    public HolidayCalendar? Calendar { get; set; }

    public string Zone { get; set; } = "Europe/Berlin";

    public IReadOnlyList<PunchFacts> Punches => _punches;

    /// <summary>A punch at a wall time, such as <c>2026-03-02 09:00</c>, or <c>09:00</c> on Monday.</summary>
    public Punch Punch(string time, PunchDirection direction = PunchDirection.Undetermined, bool secondTime = false)
    {
        var local = DateTime.Parse(time.Length > 8 ? time : $"{Monday:O} {time}", System.Globalization.CultureInfo.InvariantCulture);
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(local));
        var punch = new Punch
        {
            Id = new Guid(++_ids, 0, 0, new byte[8]),
            PersonId = Ada.Id,
            Instant = (secondTime ? mapping.Last() : mapping.First()).ToDateTimeOffset(),
            TimeZone = Zone,
            LocalTime = local,
            Direction = direction,
            Source = "test",
            IdempotencyKey = $"{_ids}",
        };
        _punches.Add(new PunchFacts { Punch = punch, Corrections = [] });
        return punch;
    }

    public Facts With(params string[] times)
    {
        foreach (var time in times)
        {
            Punch(time);
        }

        return this;
    }

    public void Correct(Punch punch, string? time, PunchDirection? direction = null)
    {
        var index = _punches.FindIndex(facts => facts.Punch == punch);
        var correction = new PunchCorrection
        {
            PunchId = punch.Id,
            LocalTime = time is null ? null : DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
            Direction = direction,
            By = Actor.User("HR"),
            Reason = "Test.",
            At = new DateTimeOffset(2026, 4, 1, 0, _punches[index].Corrections.Count, 0, TimeSpan.Zero),
        };
        _punches[index] = new PunchFacts { Punch = punch, Corrections = [.. _punches[index].Corrections, correction] };
    }

    public AttendanceFacts ToFacts(DateOnly first, DateOnly last) => new()
    {
        Person = Person,
        FirstDate = first,
        LastDate = last,
        AsOf = AsOf,
        Punches = _punches,
        Defaults = Schedule is null ? [] : [new DefaultSchedule { From = DefaultFrom, ScheduleId = Schedule.Id }],
        Schedules = [.. Assigned.Select(one => one.Schedule).Append(Schedule).OfType<Schedule>().DistinctBy(one => one.Id)
            .Select(one => one with { HolidayCalendarId = Calendar?.Id })],
        Assignments = [.. Assigned.Select(
            (one, i) => new ScheduleAssignment
            {
                Id = new Guid(i, 0, 1, new byte[8]),
                PersonId = Ada.Id,
                ScheduleId = one.Schedule.Id,
                From = one.From,
                To = one.To,
            })],
        InactivePeriods = Inactive,
        Calendars = Calendar is null ? [] : [Calendar],
        Leaves = Leaves,
    };

    public DayDetail Day(DateOnly? date = null) => Days(date ?? Monday, date ?? Monday)[0];

    public IReadOnlyList<DayDetail> Days(DateOnly first, DateOnly last) => new AttendanceRules().Derive(ToFacts(first, last));

    /// <summary>Punches in one line: <c>03-02 22:00, in 03-03 06:00</c>; the year is 2026.</summary>
    public Facts Came(string punches)
    {
        foreach (var words in punches.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(punch => punch.Split(' ')))
        {
            var direction = words.Length == 2 ? PunchDirection.Undetermined : Enum.Parse<PunchDirection>(words[0], ignoreCase: true);
            Punch($"2026-{words[^2]} {words[^1]}", direction);
        }

        return this;
    }

    /// <summary>What each day came to that there is a record of, such as <c>03-02 Present 8:00</c>.</summary>
    public string Text(string first, string last) =>
        string.Join(", ", Days(Date(first), Date(last)).Where(day => day.Day is not null).Select(day => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{day.Date:MM-dd} {day.Day!.Status} "
                + $"{(int)day.Day.Worked.TotalHours}:{day.Day.Worked.Minutes:00}"
                + $"{(day.Day.IsLate ? $" late {day.Day.LateBy.TotalMinutes}" : "")}")));

    public static DateOnly Date(string date) => DateOnly.Parse($"2026-{date}", System.Globalization.CultureInfo.InvariantCulture);

    public static PunchRole[] Roles(DayDetail day) => [.. day.Punches.Select(punch => punch.Role)];
}

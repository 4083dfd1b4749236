using NodaTime;

namespace Frat.Tests.Attendance;

/// <summary>Builds facts for the rules, in the words of a wall clock.</summary>
internal sealed class Facts
{
    public static readonly DateOnly Monday = new(2026, 3, 2);

    public static readonly Person Ada = new(new Guid("00000000-0000-0000-0000-0000000000aa"), "E-1", "Ada Lovelace", new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static readonly Schedule Office = new() { Name = "Office", TimeZone = "Europe/Berlin", Start = new(9, 0), End = new(17, 0) };

    public static readonly Schedule Night = new() { Name = "Night", TimeZone = "Europe/Berlin", Start = new(22, 0), End = new(6, 0) };

    private readonly List<PunchFacts> _punches = [];
    private int _ids;

    public Schedule? Schedule { get; set; } = Office;

    public DateTimeOffset AsOf { get; set; } = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public List<Leave> Leaves { get; } = [];

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
        _punches.Add(new PunchFacts(punch, []));
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
            By = "HR",
            Reason = "Test.",
            At = new DateTimeOffset(2026, 4, 1, 0, _punches[index].Corrections.Count, 0, TimeSpan.Zero),
        };
        _punches[index] = new PunchFacts(punch, [.. _punches[index].Corrections, correction]);
    }

    public AttendanceFacts ToFacts(DateOnly first, DateOnly last) => new()
    {
        Person = Ada,
        FirstDate = first,
        LastDate = last,
        AsOf = AsOf,
        Punches = _punches,
        Defaults = Schedule is null ? [] : [new DefaultSchedule(new(2000, 1, 1), Schedule.Id)],
        Schedules = Schedule is null ? [] : [Schedule with { HolidayCalendarId = Calendar?.Id }],
        Calendars = Calendar is null ? [] : [Calendar],
        Leaves = Leaves,
    };

    public DayDetail Day(DateOnly? date = null) => Days(date ?? Monday, date ?? Monday)[0];

    public IReadOnlyList<DayDetail> Days(DateOnly first, DateOnly last) => new AttendanceRules().Derive(ToFacts(first, last));

    public static PunchRole[] Roles(DayDetail day) => [.. day.Punches.Select(punch => punch.Role)];
}

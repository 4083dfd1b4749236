using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost.Pages.Records;

/// <summary>One day of one person: what each punch counted as, and what can be done about it.</summary>
internal sealed class DayModel(
    IPeopleService people,
    IAttendanceLog log,
    IScheduleStore schedules,
    ICheckInService checkIn,
    SiteClock clock,
    SiteTime siteTime,
    TimeProvider time) : OfficePageModel
{
    private const string LocalFormat = "yyyy-MM-dd'T'HH:mm";
    private const int LastYear = 9990; // The days around it are looked at, too.

    private static readonly string[] LocalFormats = [LocalFormat, LocalFormat + "':'ss"];

    public SiteTime Time { get; } = siteTime;

    public Person? Subject { get; private set; }

    public DateOnly Date { get; private set; }

    public DayDetail? Detail { get; private set; }

    public AttendanceDay? Day => Detail?.Day;

    public string? ScheduleName { get; private set; }

    public IReadOnlyList<Leave> Leaves { get; private set; } = [];

    /// <summary>The day's punches with what they were, and what was corrected of them, the latest last.</summary>
    public IReadOnlyList<(DayPunch Counted, Punch? Punch, IReadOnlyList<PunchCorrection> Corrections)> Punches { get; private set; } = [];

    public bool IsPast => Date < clock.Today;

    public IReadOnlyList<string> Sites => clock.Sites;

    public static string Words(PunchRole role) => role switch
    {
        PunchRole.In => "In",
        PunchRole.Out => "Out",
        PunchRole.Between => "Passage",
        PunchRole.Duplicate => "Duplicate",
        PunchRole.Unpaired => "No partner",
        _ => "Void",
    };

    public static string Tone(PunchRole role) => role switch
    {
        PunchRole.In or PunchRole.Out => "good",
        PunchRole.Unpaired => "warn",
        PunchRole.Void => "bad",
        _ => "holiday",
    };

    public static string Words(PunchMethod method) => method switch
    {
        PunchMethod.Face => "face",
        PunchMethod.Pin => "PIN",
        PunchMethod.Manual => "hand",
        _ => method.ToString(),
    };

    public static string Local(DateTime time) => time.ToString(LocalFormat, CultureInfo.InvariantCulture);

    /// <summary>The time of day, with the date where it is another one than the day's.</summary>
    public string Clock(DateTime local) => DateOnly.FromDateTime(local) == Date
        ? local.ToString("HH:mm", CultureInfo.InvariantCulture)
        : local.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture);

    public Task<IActionResult> OnGetAsync([FromQuery] string? person, [FromQuery] string? date) => ForAsync(person, date, ShowAsync);

    public Task<IActionResult> OnPostCorrectAsync([FromQuery] string? person, [FromQuery] string? date, [FromForm] PunchForm form) =>
        ForAsync(person, date, () => ActAsync(
            $"correct-{form.Punch}",
            form,
            note => Read(form.Time) is { } local
                ? CorrectAsync(form, note, local)
                : Task.FromResult<string?>("Write the time as a date and a time of day."),
            () => "The punch is corrected. What it was stays below it.",
            Address));

    public Task<IActionResult> OnPostVoidAsync([FromQuery] string? person, [FromQuery] string? date, [FromForm] PunchForm form) =>
        ForAsync(person, date, () => ActAsync(
            $"void-{form.Punch}", form, note => CorrectAsync(form, note, null), () => "The punch doesn’t count any more.", Address));

    public Task<IActionResult> OnPostAddAsync([FromQuery] string? person, [FromQuery] string? date, [FromForm] PunchForm form) =>
        ForAsync(person, date, () => ActAsync("add", form, note => AddAsync(form, note), () => "The punch is entered.", Address));

    public Task<IActionResult> OnPostLeaveAsync([FromQuery] string? person, [FromQuery] string? date, [FromForm] LeaveForm form) =>
        ForAsync(person, date, () => ActAsync(
            "leave",
            form,
            async note =>
            {
                var (leave, problem) = form.ToLeave(Subject!.Id);
                return problem ?? (await schedules.SaveLeaveAsync(leave!, note, Stop) ? null : "There is no such person.");
            },
            () => "The leave is entered.",
            Address));

    public Task<IActionResult> OnPostUnleaveAsync([FromQuery] string? person, [FromQuery] string? date, [FromForm] LeaveForm form) =>
        ForAsync(person, date, () => ActAsync(
            $"unleave-{form.Id}",
            form,
            async note => await LeavesAsync(Date).AnyAsync(leave => leave.Id == form.Id, Stop)
                && await schedules.DeleteLeaveAsync(form.Id, note, Stop) ? null : "There is no such leave any more.",
            () => "The leave is taken back.",
            Address));

    protected override async Task<bool> ReadAsync()
    {
        Detail = await log.FindDayAsync(Subject!.Id, Date, Stop);
        var near = new Dictionary<Guid, Punch>();
        await foreach (var punch in log.ReadPunchesAsync(
            Date.AddDays(-AttendanceFacts.MarginDays), Date.AddDays(AttendanceFacts.MarginDays), Subject.Id, Stop))
        {
            near[punch.Id] = punch;
        }

        var punches = new List<(DayPunch, Punch?, IReadOnlyList<PunchCorrection>)>();
        foreach (var counted in Detail?.Punches ?? [])
        {
            punches.Add((counted, near.GetValueOrDefault(counted.PunchId), await log.ListCorrectionsAsync(counted.PunchId, Stop)));
        }

        Punches = punches;
        Leaves = await LeavesAsync(Date).ToListAsync(Stop);
        ScheduleName = Day?.ScheduleId is { } id
            ? (await schedules.ListSchedulesAsync(Stop)).FirstOrDefault(schedule => schedule.Id == id)?.Name
            : null;
        return Detail is not null;
    }

    private static DateTime? Read(string? text) =>
        DateTime.TryParseExact(text, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? local : null;

    private string Address() => DayLink.Of(Subject!.EmployeeId, Date);

    private IAsyncEnumerable<Leave> LeavesAsync(DateOnly date) => schedules.ReadLeavesAsync(date, date, Subject!.Id, Stop);

    private async Task<IActionResult> ForAsync(string? person, string? date, Func<Task<IActionResult>> act)
    {
        var isDate = DateOnly.TryParseExact(date, DayText.IsoFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        if (!isDate || day < Punch.EarliestDate || day.Year > LastYear)
        {
            return NotFound();
        }

        try
        {
            (Date, Subject) = (day, await people.FindAsync(person, Stop));
            return Subject is null ? NotFound() : await act();
        }
        catch (StoreException)
        {
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    // Only of a punch that the day has: an address is no way to another person's.
    private async Task<string?> CorrectAsync(PunchForm form, AuditNote note, DateTime? local)
    {
        var detail = await log.FindDayAsync(Subject!.Id, Date, Stop);
        if (detail?.Punches.FirstOrDefault(punch => punch.PunchId == form.Punch) is null)
        {
            return "The punch isn’t of this day any more.";
        }

        var correction = new PunchCorrection
        {
            Id = form.Key,
            PunchId = form.Punch,
            LocalTime = local,
            Direction = local is null || form.Direction == PunchDirection.Undetermined ? null : form.Direction,
            By = note.By,
            Reason = note.Reason!,
            At = time.GetUtcNow(),
        };
        return await log.CorrectAsync(correction, Stop) ? null : "There is no such punch.";
    }

    private async Task<string?> AddAsync(PunchForm form, AuditNote note)
    {
        if (Read(form.Time) is not { } local)
        {
            return "Write the time as a date and a time of day.";
        }

        if (!string.IsNullOrEmpty(form.Site) && !Sites.Contains(form.Site, StringComparer.OrdinalIgnoreCase))
        {
            return "There is no such site.";
        }

        try
        {
            var receipt = await checkIn.PunchAsync(
                new PunchRequest
                {
                    PersonId = Subject!.Id,
                    Method = PunchMethod.Manual,
                    Source = "office",
                    Note = note,
                    Site = string.IsNullOrEmpty(form.Site) ? null : form.Site,
                    LocalTime = local,
                    Direction = form.Direction,
                    IdempotencyKey = form.Key.ToString("N"),
                },
                Stop);
            return receipt is null ? "There is no such person." : null;
        }
        catch (PunchConflictException)
        {
            return "It was entered before, with another time. Look at what there is.";
        }
    }
}

/// <summary>A punch as a form sends it.</summary>
internal sealed class PunchForm : NoteForm
{
    /// <summary>Made with the form: sent twice, it is one change.</summary>
    [FromForm(Name = "key")]
    public Guid Key { get; init; }

    [FromForm(Name = "punch")]
    public Guid Punch { get; init; }

    [FromForm(Name = "time")]
    public string? Time { get; init; }

    [FromForm(Name = "direction")]
    public PunchDirection Direction { get; init; }

    [FromForm(Name = "site")]
    public string? Site { get; init; }
}

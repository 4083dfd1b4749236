using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost.Pages.Schedules;

/// <summary>A schedule: its hours and rules, what they make of a day, and who works by it.</summary>
[RequestFormLimits(ValueCountLimit = MostTicked + 100)] // The days of twelve weeks, or everybody who is ticked.
internal sealed class EditModel(
    IScheduleStore schedules, IPersonStore people, IAttendanceRules rules, SiteClock clock) : OfficePageModel
{
    /// <summary>Up to so many people are shown to be ticked; of more, their IDs are written.</summary>
    public const int MostTicked = 200;

    private const string Save = "save";
    private const string Assign = "assign";
    private const string Delete = "delete";

    public ScheduleForm Form { get; private set; } = new();

    /// <summary>The schedule as it is stored; null of a new one.</summary>
    public Schedule? Stored { get; private set; }

    /// <summary>As the form has it, where that can be read: what is drawn and tried.</summary>
    public Schedule? Drawn { get; private set; }

    public IReadOnlyList<HolidayCalendar> Calendars { get; private set; } = [];

    public IReadOnlyList<(ScheduleAssignment Assignment, Person Person)> Assigned { get; private set; } = [];

    /// <summary>Everybody who is active; empty where they are too many to be ticked.</summary>
    public IReadOnlyList<Person> People { get; private set; } = [];

    public IReadOnlyList<string> Zones => [.. clock.Sites.Select(site => clock.At(site).Zone.Id).Prepend(clock.Zone.Id).Distinct()];

    public DateOnly Today { get; } = clock.Today;

    public string TriedPunches { get; private set; } = "in 09:07, out 17:02";

    public DateOnly TriedDate { get; private set; } = clock.Today;

    /// <summary>What the punches that were tried come to.</summary>
    public string? Tried { get; private set; }

    public Task<IActionResult> OnGetAsync([FromQuery] Guid? id) => ForAsync(id, ShowAsync);

    public Task<IActionResult> OnPostSaveAsync([FromForm] ScheduleForm form) => KeepAsync(form, form.Id);

    /// <summary>Saves what the form has as another schedule; the stored one stays as it is.</summary>
    public Task<IActionResult> OnPostCopyAsync([FromForm] ScheduleForm form) => KeepAsync(form, Guid.CreateVersion7());

    /// <summary>Shows as many weeks as the form says; nothing is saved.</summary>
    public Task<IActionResult> OnPostWeeksAsync([FromForm] ScheduleForm form) => ForAsync(form.Id, () =>
    {
        Form = form;
        return ShowAsync();
    });

    /// <summary>Tries punches by the hours in the form; nothing is saved.</summary>
    public Task<IActionResult> OnPostTryAsync([FromForm] ScheduleForm form, [FromForm] string? punches, [FromForm] string? on) =>
        ForAsync(form.Id, () =>
        {
            Form = form;
            TriedPunches = punches ?? "";
            TriedDate = DateOnly.TryParseExact(on, DayText.IsoFormat, out var date) ? date : Today;
            var (schedule, problem) = form.ToSchedule();
            Tried = schedule is null
                ? problem
                : ScheduleTrial.Run(rules, schedule with { Name = "Trial", HolidayCalendarId = null }, TriedDate, TriedPunches);
            return ShowAsync();
        });

    public Task<IActionResult> OnPostAssignAsync([FromQuery] Guid? id, [FromForm] AssignForm form) => ForAsync(id, () => ActAsync(
        Assign,
        form,
        async note =>
        {
            if (Stored is null || form.ToAssignment(Stored.Id) is not { } assignment)
            {
                return "Write the first day, and a last day that isn’t before it, or none.";
            }

            var (found, missing) = await FindAsync(form.EmployeeIds);
            if (missing is not null || found.Count == 0)
            {
                return missing is null ? "Choose somebody." : $"Nobody has the employee ID {missing}.";
            }

            await schedules.AssignAsync(found, assignment, note, Stop);
            return null;
        },
        () => "They work by it. What they had before still holds for the days before.",
        () => $"~/schedules/edit?id={id}"));

    public Task<IActionResult> OnPostDeleteAsync([FromQuery] Guid? id, [FromForm] NoteForm form) => ForAsync(id, () => ActAsync(
        Delete,
        form,
        async note => await schedules.DeleteScheduleAsync(id ?? Guid.Empty, note, Stop) ? null : "There is no such schedule any more.",
        () => "The schedule is deleted.",
        () => "~/schedules"));

    protected override async Task<bool> ReadAsync()
    {
        Drawn = Form.ToSchedule().Schedule;
        Calendars = await schedules.ListCalendarsAsync(Stop);
        if (Stored is null)
        {
            return true;
        }

        var page = await people.ListAsync(new PersonQuery { IsActive = true, Take = MostTicked }, Stop);
        People = page.TotalCount <= MostTicked ? page.People : [];
        var assigned = new List<(ScheduleAssignment, Person)>();
        await foreach (var assignment in schedules.ReadAssignmentsAsync(cancellationToken: Stop))
        {
            if (assignment.ScheduleId == Stored.Id && assigned.Count < MostTicked && !(assignment.To < Today)
                && await people.FindAsync(assignment.PersonId, Stop) is { } person)
            {
                assigned.Add((assignment, person));
            }
        }

        Assigned = assigned;
        return true;
    }

    private Task<IActionResult> KeepAsync(ScheduleForm form, Guid id) => ForAsync(form.Id, () =>
    {
        Form = form;
        var saved = id == Guid.Empty ? Guid.CreateVersion7() : id;
        return ActAsync(
            Save,
            form,
            async note =>
            {
                var (schedule, problem) = form.ToSchedule();
                if (schedule is not null)
                {
                    await schedules.SaveScheduleAsync(schedule with { Id = saved }, note, Stop);
                }

                return problem;
            },
            () => "The schedule is saved.",
            () => $"~/schedules/edit?id={saved}");
    });

    private async Task<IActionResult> ForAsync(Guid? id, Func<Task<IActionResult>> act)
    {
        try
        {
            Stored = id is null || id == Guid.Empty
                ? null
                : (await schedules.ListSchedulesAsync(Stop)).FirstOrDefault(schedule => schedule.Id == id);
        }
        catch (StoreException)
        {
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (Stored is null && id is not null && id != Guid.Empty)
        {
            return NotFound();
        }

        Form = ScheduleForm.Of(Stored ?? StandardHours.Start0900.ToSchedule(null, "", clock.Zone.Id) with { Id = Guid.Empty });
        return await act();
    }

    private async Task<(List<Guid> Found, string? Missing)> FindAsync(IEnumerable<string> employeeIds)
    {
        var found = new List<Guid>();
        foreach (var employeeId in employeeIds)
        {
            if (!Person.IsEmployeeId(employeeId) || await people.FindAsync(employeeId, Stop) is not { } person)
            {
                return (found, employeeId);
            }

            found.Add(person.Id);
        }

        return (found, null);
    }
}

/// <summary>Who is to work by a schedule, and when, as a form sends it.</summary>
internal sealed class AssignForm : NoteForm
{
    [FromForm(Name = "people")]
    public string[] Ticked { get; init; } = [];

    [FromForm(Name = "ids")]
    public string? Written { get; init; }

    [FromForm(Name = "from")]
    public string? From { get; init; }

    [FromForm(Name = "to")]
    public string? To { get; init; }

    [FromForm(Name = "calendar")]
    public Guid? Calendar { get; init; }

    public IEnumerable<string> EmployeeIds => Ticked.Concat((Written ?? "").Split(['\n', ',', ';'], StringSplitOptions.TrimEntries))
        .Select(Person.Normalize).Where(id => id.Length > 0).Distinct();

    /// <summary>The assignment, without a person; null where the dates can't be.</summary>
    public ScheduleAssignment? ToAssignment(Guid schedule)
    {
        var hasEnd = !string.IsNullOrEmpty(To);
        var (from, to) = (Date(From), Date(To));
        return from is null || (hasEnd && (to is null || to < from)) ? null : new ScheduleAssignment
        {
            Id = Guid.Empty,
            PersonId = Guid.Empty,
            ScheduleId = schedule,
            From = from.Value,
            To = to,
            HolidayCalendarId = Calendar,
        };
    }

    private static DateOnly? Date(string? text) => DateOnly.TryParseExact(text, DayText.IsoFormat, out var date) ? date : null;
}

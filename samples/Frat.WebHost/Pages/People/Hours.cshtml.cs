using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost.Pages.People;

/// <summary>By which schedules a person works, and when not at all.</summary>
internal sealed class HoursModel(IPeopleService people, IScheduleStore schedules, SiteClock clock) : OfficePageModel
{
    private const int MonthsShown = 12;

    public Person? Subject { get; private set; }

    public DateOnly Today { get; } = clock.Today;

    public IReadOnlyList<ScheduleAssignment> Assignments { get; private set; } = [];

    public IReadOnlyList<Leave> Leaves { get; private set; } = [];

    public IReadOnlyList<Schedule> Schedules { get; private set; } = [];

    public IReadOnlyList<HolidayCalendar> Calendars { get; private set; } = [];

    public string NameOf(Guid schedule) => Schedules.FirstOrDefault(one => one.Id == schedule)?.Name ?? "?";

    public string? CalendarOf(ScheduleAssignment assignment) =>
        Calendars.FirstOrDefault(one => one.Id == assignment.HolidayCalendarId)?.Name;

    public Task<IActionResult> OnGetAsync([FromQuery] string? id) => ForAsync(id, ShowAsync);

    public Task<IActionResult> OnPostAssignAsync(
        [FromQuery] string? id, [FromForm] Schedules.AssignForm form, [FromForm] Guid schedule) => ForAsync(id, () => ActAsync(
        "assign",
        form,
        async note =>
        {
            if (form.ToAssignment(schedule) is not { } assignment)
            {
                return "Write the first day, and a last day that isn’t before it, or none.";
            }

            return await schedules.AssignAsync([Subject!.Id], assignment, note, Stop) == 1 ? null : "There is no such person any more.";
        },
        () => "The schedule is assigned.",
        Address));

    public Task<IActionResult> OnPostUnassignAsync([FromQuery] string? id, [FromForm] NoteForm form, [FromForm] Guid assignment) =>
        ForAsync(id, () => ActAsync(
            $"unassign-{assignment}",
            form,
            async note => await schedules.ReadAssignmentsAsync(Subject!.Id, Stop).AnyAsync(one => one.Id == assignment, Stop)
                && await schedules.DeleteAssignmentAsync(assignment, note, Stop) ? null : "There is no such assignment any more.",
            () => "The assignment is deleted, as if it had never been.",
            Address));

    public Task<IActionResult> OnPostLeaveAsync([FromQuery] string? id, [FromForm] LeaveForm form) => ForAsync(id, () => ActAsync(
        "leave",
        form,
        async note =>
        {
            var (leave, problem) = form.ToLeave(Subject!.Id);
            return problem ?? (await schedules.SaveLeaveAsync(leave!, note, Stop) ? null : "There is no such person any more.");
        },
        () => "The leave is entered.",
        Address));

    public Task<IActionResult> OnPostUnleaveAsync([FromQuery] string? id, [FromForm] LeaveForm form) => ForAsync(id, () => ActAsync(
        $"unleave-{form.Id}",
        form,
        async note => await LeavesAsync(DateOnly.MinValue, DateOnly.MaxValue).AnyAsync(leave => leave.Id == form.Id, Stop)
            && await schedules.DeleteLeaveAsync(form.Id, note, Stop) ? null : "There is no such leave any more.",
        () => "The leave is taken back.",
        Address));

    protected override async Task<bool> ReadAsync()
    {
        Schedules = await schedules.ListSchedulesAsync(Stop);
        Calendars = await schedules.ListCalendarsAsync(Stop);
        Assignments = await schedules.ReadAssignmentsAsync(Subject!.Id, Stop).ToListAsync(Stop);
        Leaves = await LeavesAsync(Today.AddMonths(-MonthsShown), DateOnly.MaxValue).OrderByDescending(leave => leave.From)
            .ToListAsync(Stop);
        return true;
    }

    private IAsyncEnumerable<Leave> LeavesAsync(DateOnly from, DateOnly to) => schedules.ReadLeavesAsync(from, to, Subject!.Id, Stop);

    private string Address() => $"~/people/hours?id={Uri.EscapeDataString(Subject!.EmployeeId)}";

    private async Task<IActionResult> ForAsync(string? id, Func<Task<IActionResult>> act)
    {
        try
        {
            Subject = await people.FindAsync(id, Stop);
            return Subject is null ? NotFound() : await act();
        }
        catch (StoreException)
        {
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}

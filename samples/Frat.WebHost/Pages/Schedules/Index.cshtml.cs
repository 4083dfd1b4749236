using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost.Pages.Schedules;

/// <summary>All schedules, and which of them holds for everybody who has none of their own.</summary>
internal sealed class IndexModel(IScheduleStore schedules, SiteClock clock) : OfficePageModel
{
    private const string DefaultForm = "default";

    public IReadOnlyList<Schedule> Rows { get; private set; } = [];

    public IReadOnlyList<DefaultSchedule> Defaults { get; private set; } = [];

    /// <summary>How many people a schedule is assigned to today.</summary>
    public IReadOnlyDictionary<Guid, int> People { get; private set; } = new Dictionary<Guid, int>();

    public int Pending { get; private set; }

    public DateOnly Today { get; } = clock.Today;

    public Guid? DefaultToday => Defaults.LastOrDefault(held => held.From <= Today)?.ScheduleId;

    public string NameOf(Guid? id) => id is null ? "none" : Rows.FirstOrDefault(row => row.Id == id)?.Name ?? "?";

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostDefaultAsync([FromForm] NoteForm form, [FromForm] Guid? schedule, [FromForm] string? from)
    {
        return ActAsync(DefaultForm, form, SetAsync, () => "It holds from that day on.", () => "~/schedules");

        async Task<string?> SetAsync(AuditNote note)
        {
            if (!DateOnly.TryParseExact(from, DayText.IsoFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return "Write the first day.";
            }

            await schedules.SetDefaultScheduleAsync(schedule, date, note, Stop);
            return null;
        }
    }

    protected override async Task<bool> ReadAsync()
    {
        Rows = await schedules.ListSchedulesAsync(Stop);
        Defaults = await schedules.ListDefaultSchedulesAsync(Stop);
        Pending = await schedules.CountPendingAsync(Stop);
        var people = new Dictionary<Guid, int>();
        await foreach (var assignment in schedules.ReadAssignmentsAsync(cancellationToken: Stop))
        {
            if (assignment.From <= Today && !(assignment.To < Today))
            {
                people[assignment.ScheduleId] = people.GetValueOrDefault(assignment.ScheduleId) + 1;
            }
        }

        People = people;
        return true;
    }
}

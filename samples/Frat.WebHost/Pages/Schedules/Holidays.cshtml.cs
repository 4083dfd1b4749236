using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost.Pages.Schedules;

/// <summary>The calendars of holidays that schedules and people share.</summary>
[RequestFormLimits(ValueLengthLimit = HolidayText.MostBytes)] // The lines of a calendar, within what a page's body may be.
internal sealed class HolidaysModel(IScheduleStore schedules, SiteClock clock) : OfficePageModel
{
    private const string Save = "save";
    private const string Delete = "delete";
    private const int YearsAhead = 3;

    public IReadOnlyList<HolidayCalendar> Rows { get; private set; } = [];

    /// <summary>The calendar that is shown; an empty id is a new one's.</summary>
    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Lines { get; private set; } = "";

    public DateOnly Today { get; } = clock.Today;

    /// <summary>What was found in a file, which isn't saved yet.</summary>
    public string? Found { get; private set; }

    public bool IsStored => Rows.Any(row => row.Id == Id);

    public async Task<IActionResult> OnGetAsync([FromQuery] Guid? id)
    {
        Id = id ?? Guid.Empty;
        var result = await ShowAsync();
        if (Rows.FirstOrDefault(row => row.Id == Id) is { } calendar)
        {
            (Name, Lines) = (calendar.Name, HolidayText.Write(calendar.Holidays));
        }

        return result;
    }

    public Task<IActionResult> OnPostSaveAsync([FromForm] HolidaysForm form)
    {
        var id = Take(form);
        return ActAsync(
            Save,
            form,
            async note =>
            {
                var (holidays, problem) = HolidayText.Read(form.Lines);
                if (problem is null)
                {
                    await schedules.SaveCalendarAsync(new HolidayCalendar { Id = id, Name = Name, Holidays = holidays }, note, Stop);
                }

                return problem;
            },
            () => "The holidays are saved. The days that they touch are derived anew.",
            () => $"~/schedules/holidays?id={id}",
            needsReason: false);
    }

    /// <summary>Reads a file into the form; nothing is saved.</summary>
    public async Task<IActionResult> OnPostImportAsync([FromForm] HolidaysForm form, IFormFile? file)
    {
        Take(form);
        var (held, problem) = HolidayText.Read(form.Lines);
        if (problem is not null || file is null || file.Length > HolidayText.MostBytes)
        {
            return await RefuseAsync(
                Save, problem ?? $"Choose an iCalendar file (.ics) of at most {HolidayText.MostBytes / 1024} KiB.");
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        var first = new DateOnly(Today.Year, 1, 1);
        if (HolidayText.ReadCalendar(await reader.ReadToEndAsync(Stop), first, first.AddYears(YearsAhead).AddDays(-1)) is not { } found)
        {
            return await RefuseAsync(Save, "This isn’t an iCalendar file that can be read.");
        }

        var added = found.Where(holiday => held.All(other => other.Date != holiday.Date)).ToList();
        Lines = HolidayText.Write(held.Concat(added));
        Found = $"{added.Count} of the file’s {found.Count} whole days from {first.Year} to {first.Year + YearsAhead - 1} are new here. "
            + "Look at them, and save.";
        ModelState.Clear();
        return await ShowAsync();
    }

    public Task<IActionResult> OnPostDeleteAsync([FromForm] HolidaysForm form)
    {
        var id = Take(form);
        return ActAsync(
            Delete,
            form,
            async note => await schedules.DeleteCalendarAsync(id, note, Stop) ? null : "There is no such calendar any more.",
            () => "The calendar is deleted.",
            () => "~/schedules/holidays");
    }

    protected override async Task<bool> ReadAsync()
    {
        Rows = await schedules.ListCalendarsAsync(Stop);
        return true;
    }

    private Guid Take(HolidaysForm form)
    {
        (Id, Name, Lines) = (form.Id, (form.Name ?? "").Trim(), form.Lines ?? "");
        return form.Id == Guid.Empty ? Guid.CreateVersion7() : form.Id;
    }
}

/// <summary>A calendar as a form sends it.</summary>
internal sealed class HolidaysForm : NoteForm
{
    [FromForm(Name = "id")]
    public Guid Id { get; init; }

    [FromForm(Name = "name")]
    public string? Name { get; init; }

    [FromForm(Name = "lines")]
    public string? Lines { get; init; }
}

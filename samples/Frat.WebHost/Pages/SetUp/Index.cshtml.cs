using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.SetUp;

/// <summary>What is decided before people check in, and later again: the meaning of a look, and the hours.</summary>
internal sealed class IndexModel(WebHost.SetUp setUp, SiteClock clock) : PageModel
{
    private const string Saved = "set-up-saved";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private readonly DateTime _wall = clock.LocalNow;

    public static IReadOnlyList<Weekdays> Days { get; } =
    [
        Weekdays.Monday, Weekdays.Tuesday, Weekdays.Wednesday, Weekdays.Thursday, Weekdays.Friday, Weekdays.Saturday, Weekdays.Sunday,
    ];

    public SetUpForm Form { get; private set; } = new();

    public bool IsSaved { get; private set; }

    public string? Problem { get; private set; }

    public string Zone => clock.Zone.Id;

    public bool IsMachineZone => clock.IsMachineZone;

    public string WallNow => _wall.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", Culture);

    public string WallClock => _wall.ToString("HH:mm:ss", Culture);

    public string WallDate => DayText.Long(DateOnly.FromDateTime(_wall));

    public async Task OnGetAsync()
    {
        IsSaved = TempData[Saved] is not null; // Told once, to the browser that did it.
        try
        {
            var (settings, schedule) = await setUp.ReadAsync(HttpContext.RequestAborted);

            // Where nobody has chosen yet, the hours are proposed; where somebody has chosen none, they aren't.
            var hours = schedule is null ? StandardHours.Start0900 : StandardHours.Of(schedule);
            Form = SetUpForm.Of(settings.Mode, hours, schedule is not null || settings is not { Mode: AttendanceMode.InAndOut });
        }
        catch (StoreException)
        {
            Fail();
        }
    }

    public async Task<IActionResult> OnPostAsync([FromForm] SetUpForm form)
    {
        Form = form;
        var isScheduled = form is { Mode: AttendanceMode.InAndOut, Scheduled: true };
        var (hours, problem) = isScheduled ? form.ToHours() : (null, null);
        var caller = Callers.Of(HttpContext, form.By);
        Problem = !ModelState.IsValid || !Enum.IsDefined(form.Mode) ? "Nothing was saved: something of the form can’t be read."
            : problem is not null ? $"Nothing was saved. {problem}"
            : caller is null ? $"Nothing was saved: write your name, of at most {Actor.MaxIdLength} characters."
            : null;
        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        try
        {
            await setUp.SaveAsync(form.Mode, hours, new AuditNote { By = caller! }, HttpContext.RequestAborted);
        }
        catch (ScheduleConflictException)
        {
            Problem = "Somebody else has saved at the same moment: look at what there is, and save again.";
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        catch (StoreException)
        {
            Fail();
            return Page();
        }

        TempData[Saved] = "";
        return LocalRedirect("~/set-up");
    }

    private void Fail()
    {
        Problem = "The database doesn’t answer right now. Try again in a moment.";
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }
}

/// <summary>The form as it was sent.</summary>
internal sealed class SetUpForm
{
    [FromForm(Name = "mode")]
    public AttendanceMode Mode { get; init; }

    [FromForm(Name = "scheduled")]
    public bool Scheduled { get; init; }

    [FromForm(Name = "days")]
    public Weekdays[] Days { get; init; } = [];

    [FromForm(Name = "start")]
    public string? Start { get; init; }

    [FromForm(Name = "end")]
    public string? End { get; init; }

    [FromForm(Name = "break")]
    public int Break { get; init; }

    [FromForm(Name = "grace")]
    public int Grace { get; init; }

    [FromForm(Name = "breaks")]
    public bool Breaks { get; init; }

    [FromForm(Name = "by")]
    public string? By { get; init; }

    public static SetUpForm Of(AttendanceMode mode, StandardHours hours, bool isScheduled) => new()
    {
        Mode = mode,
        Scheduled = isScheduled,
        Days = [.. IndexModel.Days.Where(day => hours.Days.HasFlag(day))],
        Start = StandardHours.Write(hours.Start),
        End = StandardHours.Write(hours.End),
        Break = hours.BreakMinutes,
        Grace = hours.GraceMinutes,
        Breaks = hours.ChecksOutForBreaks,
    };

    /// <summary>The hours, or what is wrong with them.</summary>
    public (StandardHours? Hours, string? Problem) ToHours()
    {
        if (StandardHours.Read(Start) is not { } start || StandardHours.Read(End) is not { } end)
        {
            return (null, "Write the times as HH:MM.");
        }

        var hours = new StandardHours
        {
            Days = Days.Aggregate(Weekdays.None, (all, day) => all | (day & Weekdays.All)),
            Start = start,
            End = end,
            BreakMinutes = Break,
            GraceMinutes = Grace,
            ChecksOutForBreaks = Breaks,
        };
        return hours.Problem() is { } problem ? (null, problem) : (hours, null);
    }
}

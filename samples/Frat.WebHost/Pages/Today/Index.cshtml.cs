using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Today;

/// <summary>Who is in, who is late, who isn't there, and what somebody should look at.</summary>
internal sealed class IndexModel(
    TodayReader reader,
    IAttendanceLog log,
    DeviceAdministration devices,
    DeviceBook book,
    IPersonStore people,
    SiteClock clock,
    TimeProvider time) : PageModel
{
    private const int DaysBack = 7;
    private const int MostShown = 20;

    public static IReadOnlyList<(Whereabouts Where, string Words)> Tiles { get; } =
    [
        (Whereabouts.In, "In now"), (Whereabouts.NotYet, "Not yet"), (Whereabouts.OnLeave, "On leave"), (Whereabouts.Gone, "Gone"),
    ];

    public DateOnly Date { get; } = clock.Today;

    public string Now { get; } = DayText.Clock(TimeOnly.FromDateTime(clock.LocalNow));

    public IReadOnlyList<PersonToday> Everybody { get; private set; } = [];

    public Whereabouts Shown { get; private set; }

    public IEnumerable<PersonToday> Rows => Everybody.Where(one => one.Where == Shown);

    public int LateCount => Everybody.Count(one => one.Day is { IsLate: true } day && day.Date == Date);

    /// <summary>What somebody should look at: what it is, and where.</summary>
    public IReadOnlyList<(string Text, string Address)> Attention { get; private set; } = [];

    public bool Unavailable { get; private set; }

    public static string WordsOf(Whereabouts where) => where switch
    {
        Whereabouts.Later => "Later today",
        Whereabouts.Free => "Not expected",
        _ => Tiles.First(tile => tile.Where == where).Words,
    };

    public int CountOf(Whereabouts where) => Everybody.Count(one => one.Where == where);

    /// <summary>Shows today.</summary>
    /// <param name="show">Whose list; those who are in, when left out.</param>
    public async Task<IActionResult> OnGetAsync([FromQuery] string? show)
    {
        Shown = Enum.TryParse<Whereabouts>(show, ignoreCase: true, out var where) && Enum.IsDefined(where) ? where : Whereabouts.In;
        try
        {
            Everybody = await reader.ReadAsync(HttpContext.RequestAborted);
            Attention = await FindAttentionAsync(HttpContext.RequestAborted);
        }
        catch (StoreException)
        {
            Unavailable = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return Page();
    }

    private async Task<IReadOnlyList<(string, string)>> FindAttentionAsync(CancellationToken stop)
    {
        var found = new List<(string, string)>();
        await foreach (var day in log.ReadDaysAsync(Date.AddDays(-DaysBack), Date.AddDays(-1), cancellationToken: stop))
        {
            if (day.Status == AttendanceStatus.Incomplete && found.Count < MostShown)
            {
                found.Add((
                    $"{day.Person.Name}: a punch of {DayText.Short(day.Date)} has no partner",
                    DayLink.Of(day.Person.EmployeeId, day.Date)));
            }
        }

        foreach (var device in await devices.ListAsync(stop))
        {
            if (device.LastBeatAt is { } beat && time.GetUtcNow() - beat > Device.SilentAfter)
            {
                found.Add(($"{device.Name} is silent", "~/devices"));
            }
        }

        var since = time.GetUtcNow().AddDays(-1);
        foreach (var line in (await book.ReadAsync(MostShown, stop)).Where(line => line.HappenedAt > since))
        {
            var name = line.PersonId is { } id ? (await people.FindAsync(id, stop))?.Name : null;
            found.Add((name is null ? line.Text : $"{name}: {line.Text}", "~/devices"));
        }

        return found;
    }
}

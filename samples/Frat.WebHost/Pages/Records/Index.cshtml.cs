using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Records;

/// <summary>The attendance of one day, a page of rows at a time.</summary>
internal sealed class IndexModel(IAttendanceLog log, PageReader pages, SiteClock clock) : PageModel
{
    private const int PageSize = 100;
    private ListPage<AttendanceDay> _page = ListPage<AttendanceDay>.Nothing;

    public static CultureInfo Culture { get; } = CultureInfo.InvariantCulture;

    public DateOnly Today { get; } = clock.Today;

    public DateOnly Date { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public int PageCount => _page.PageCount;

    public int Count => _page.Count;

    public IReadOnlyList<AttendanceDay> Days => _page.Items;

    /// <summary>What is wrong with the query; something near it is shown all the same.</summary>
    public string? QueryError { get; private set; }

    public bool Unavailable { get; private set; }

    public DateOnly? PreviousDate => Date > DateOnly.MinValue ? Date.AddDays(-1) : null;

    public DateOnly? NextDate => Date < Today ? Date.AddDays(1) : null;

    public DateOnly FirstOfMonth => new(Date.Year, Date.Month, 1);

    public DateOnly LastOfMonth => new(Date.Year, Date.Month, DateTime.DaysInMonth(Date.Year, Date.Month));

    /// <summary>The address of a report; a CSV file for a spreadsheet needs a byte order mark.</summary>
    public static string Report(string kind, DateOnly first, DateOnly last, string format) =>
        $"{Addresses.Api}/reports/{kind}?from={DayText.Iso(first)}&to={DayText.Iso(last)}&format={format}"
            + (format == "csv" ? "&bom=true" : "");

    /// <summary>Shows a day.</summary>
    /// <param name="date">The day as yyyy-MM-dd; today at the site when left out.</param>
    /// <param name="page">The page, from 1; the last one when there are fewer.</param>
    public async Task<IActionResult> OnGetAsync([FromQuery] string? date, [FromQuery] string? page)
    {
        Date = Today;
        if (DateOnly.TryParseExact(date, DayText.IsoFormat, Culture, DateTimeStyles.None, out var day))
        {
            Date = day;
        }
        else if (date is not null)
        {
            Refuse("This is not a day. Today is shown instead.");
        }

        if (int.TryParse(page, NumberStyles.None, Culture, out var number) && number > 0)
        {
            PageNumber = QueryError is null ? number : 1;
        }
        else if (page is not null && QueryError is null)
        {
            Refuse("There is no such page of this day. The first one is shown instead.");
        }

        try
        {
            _page = await pages.ReadAsync(
                cancel => log.ReadDaysAsync(Date, Date, cancellationToken: cancel), PageNumber, PageSize, HttpContext.RequestAborted);
            PageNumber = _page.Number;
        }
        catch (StoreException)
        {
            Unavailable = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return Page();
    }

    private void Refuse(string message)
    {
        QueryError = message;
        Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>The attendance of who is signed in, a month at a time: whose it is says the account, never the request.</summary>
internal sealed class MineModel(IAttendanceLog log, SiteClock clock) : PageModel
{
    private const string MonthFormat = "yyyy-MM";
    private readonly List<AttendanceDay> _days = [];

    public DateOnly First { get; private set; }

    public IReadOnlyList<AttendanceDay> Days => _days;

    /// <summary>Whether the account is somebody's whose attendance is kept.</summary>
    public bool IsLinked { get; private set; }

    public bool Unavailable { get; private set; }

    public bool HasNext => First.AddMonths(1) <= clock.Today;

    public string Total => DayText.Minutes(_days.Aggregate(TimeSpan.Zero, (sum, day) => sum + day.Worked));

    public static string Day(DateOnly date) => date.ToString("ddd, d MMM", CultureInfo.InvariantCulture);

    public string Link(int months)
    {
        var month = First.Year == DateOnly.MinValue.Year || First.Year == DateOnly.MaxValue.Year ? First : First.AddMonths(months);
        return $"?month={month.ToString(MonthFormat, CultureInfo.InvariantCulture)}";
    }

    public async Task OnGetAsync([FromQuery] string? month)
    {
        First = DateOnly.TryParseExact(month, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked)
            && asked.Year < DateOnly.MaxValue.Year ? asked : new DateOnly(clock.Today.Year, clock.Today.Month, 1);
        IsLinked = Guid.TryParse(User.FindFirstValue(AccountClaims.PersonClaim), out var person);
        if (!IsLinked)
        {
            return;
        }

        try
        {
            await foreach (var day in log.ReadDaysAsync(
                First, First.AddMonths(1).AddDays(-1), person, cancellationToken: HttpContext.RequestAborted))
            {
                _days.Add(day);
            }
        }
        catch (StoreException)
        {
            Unavailable = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}

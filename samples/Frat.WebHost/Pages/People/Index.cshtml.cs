using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.People;

/// <summary>Who is registered, a page of rows at a time.</summary>
internal sealed class IndexModel(IPersonStore people, IEncodingStore encodings, Pins pins, SiteTime time) : PageModel
{
    private const int PageSize = 50;
    private readonly List<PersonRow> _rows = new(PageSize);

    public SiteTime Time { get; } = time;

    /// <summary>What names and IDs are searched for.</summary>
    public string Search { get; private set; } = "";

    /// <summary>Only people who are active, or are not; empty for all.</summary>
    public string State { get; private set; } = "";

    public int PageNumber { get; private set; } = 1;

    public int PageCount => Math.Max(1, (Count + PageSize - 1) / PageSize);

    /// <summary>How many match.</summary>
    public int Count { get; private set; }

    public bool IsFiltered => Search.Length > 0 || State.Length > 0;

    public IReadOnlyList<PersonRow> Rows => _rows;

    public bool Unavailable { get; private set; }

    /// <summary>The address of a page of what is shown.</summary>
    public string Link(int page) => $"?q={Uri.EscapeDataString(Search)}&state={State}"
        + (page == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"&page={page}"));

    /// <summary>Shows a page of people.</summary>
    /// <param name="q">What to search for in names and IDs.</param>
    /// <param name="state"><c>active</c>, <c>inactive</c>, or all.</param>
    /// <param name="page">The page, from 1; the last one when there are fewer.</param>
    public async Task<IActionResult> OnGetAsync([FromQuery] string? q, [FromQuery] string? state, [FromQuery] string? page)
    {
        Search = Person.Normalize(q);
        Search = Search.Length > Person.MaxNameLength ? Search[..Person.MaxNameLength] : Search;
        State = state is "active" or "inactive" ? state : "";
        PageNumber = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;
        try
        {
            var found = await ListAsync();
            if (PageNumber > PageCount)
            {
                PageNumber = PageCount;
                found = await ListAsync();
            }

            var withPin = await pins.ListHoldersAsync([.. found.People.Select(person => person.Id)], HttpContext.RequestAborted);
            foreach (var person in found.People)
            {
                var templates = (await encodings.ListAsync(person.Id, HttpContext.RequestAborted)).Count;
                _rows.Add(new PersonRow(person, templates, withPin.Contains(person.Id)));
            }
        }
        catch (StoreException)
        {
            Unavailable = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return Page();
    }

    private async Task<PersonPage> ListAsync()
    {
        var query = new PersonQuery
        {
            Text = Search,
            IsActive = State.Length == 0 ? null : State == "active",
            Skip = (int)Math.Min((PageNumber - 1L) * PageSize, int.MaxValue),
            Take = PageSize,
        };
        var page = await people.ListAsync(query, HttpContext.RequestAborted);
        Count = page.TotalCount;
        return page;
    }
}

/// <summary>Somebody, and how they check in.</summary>
/// <param name="Person">Who.</param>
/// <param name="Templates">By how many templates they are recognised.</param>
/// <param name="HasPin">Whether they have a PIN.</param>
internal sealed record PersonRow(Person Person, int Templates, bool HasPin)
{
    /// <summary>In words.</summary>
    public string State => !Person.IsActive ? "Inactive"
        : Templates > 0 ? HasPin ? "Face or PIN" : "Recognised"
        : HasPin ? "By PIN" : "No face";

    /// <summary>How it looks.</summary>
    public string Tone => !Person.IsActive ? "holiday" : Templates == 0 && !HasPin ? "warn" : "good";
}

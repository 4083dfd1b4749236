using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.People;

/// <summary>Who is registered, a page of rows at a time.</summary>
internal sealed class IndexModel(IEncodingStore store, PageReader pages, SiteTime time) : PageModel
{
    private const int PageSize = 50;
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace | CompareOptions.IgnoreWidth;
    private readonly List<PersonRow> _rows = new(PageSize);
    private PageOf<Person> _page = PageOf<Person>.Nothing;

    public SiteTime Time { get; } = time;

    /// <summary>What names and IDs are searched for.</summary>
    public string Search { get; private set; } = "";

    /// <summary>Only people who are active, or are not; empty for all.</summary>
    public string State { get; private set; } = "";

    public int PageNumber { get; private set; } = 1;

    public int PageCount => _page.PageCount;

    /// <summary>How many match.</summary>
    public int Count => _page.Count;

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
            _page =
                await pages.ReadAsync(cancel => store.ListAsync(cancel).Where(Matches), PageNumber, PageSize, HttpContext.RequestAborted);
            PageNumber = _page.Number;
            foreach (var person in _page.Items)
            {
                _rows.Add(new PersonRow(person, (await store.ListTemplatesAsync(person.Id, HttpContext.RequestAborted)).Count));
            }
        }
        catch (EncodingStoreException)
        {
            Unavailable = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return Page();
    }

    private bool Matches(Person person) => (State.Length == 0 || person.IsActive == (State == "active"))
        && (Search.Length == 0 || Has(person.Name) || Has(person.EmployeeId));

    private bool Has(string text) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, Search, Loosely) >= 0;
}

/// <summary>Somebody, and whether they can be recognised.</summary>
/// <param name="Person">Who.</param>
/// <param name="Templates">By how many templates.</param>
internal sealed record PersonRow(Person Person, int Templates)
{
    /// <summary>In words.</summary>
    public string State => !Person.IsActive ? "Inactive" : Templates == 0 ? "No face" : "Recognised";

    /// <summary>How it looks.</summary>
    public string Tone => !Person.IsActive ? "holiday" : Templates == 0 ? "warn" : "good";
}

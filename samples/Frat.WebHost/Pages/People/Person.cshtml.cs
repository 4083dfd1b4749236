using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.People;

/// <summary>
/// What is kept of one person, and what can be done about it. Each form is sent without script, and answered with this page again.
/// </summary>
internal sealed partial class PersonModel(
    IPeopleService people,
    IConsentStore consents,
    IEncodingStore encodings,
    IFaceEncoder encoder,
    IAuditTrail audit,
    Pins pins,
    SiteTime siteTime,
    TimeProvider time) : PageModel
{
    private const string Done = "done";

    /// <summary>How much of the trail is shown.</summary>
    public const int TrailLength = 50;

    public SiteTime Time { get; } = siteTime;

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>Who; null when there is no such person.</summary>
    public Person? Subject { get; private set; }

    /// <summary>The name of somebody who was just forgotten isn't kept: only that it was done.</summary>
    public bool Forgotten { get; private set; }

    public bool Unavailable { get; private set; }

    public IReadOnlyList<TemplateInfo> Templates { get; private set; } = [];

    public IReadOnlyList<Consent> Consents { get; private set; } = [];

    /// <summary>The latest entries, the latest first.</summary>
    public IReadOnlyList<AuditEntry> Trail { get; private set; } = [];

    /// <summary>What was done, when it was.</summary>
    public string? Message { get; private set; }

    /// <summary>The form that was refused, and why.</summary>
    public string? Refused { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>What was typed into the form that was refused.</summary>
    public string By { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public PersonRow Row => new(Subject!, Templates.Count, Pin is not null);

    public bool CanRevoke => Templates.Count > 0 || Consents.Any(consent => consent.WithdrawnAt is null);

    public string TrailAddress => $"{Addresses.Api}/audit?person={Subject!.Id}";

    /// <summary>How well a face could be seen, in words and the numbers that count.</summary>
    public static string Words(FaceQuality? quality) => quality is null
        ? "Quality not known"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{quality.EyeDistance:0} px between the eyes, sharpness {quality.Sharpness:0.000}, brightness {quality.Brightness:0.00}, "
                + $"turned {Math.Abs(quality.Yaw):0}°");

    /// <summary>Why new photos should be taken; null where they needn't be.</summary>
    public string? Again
    {
        get
        {
            var standings = Templates.Select(template => template.StandingFor(encoder.Info)).ToList();
            return standings.Count == 0 || standings.Contains(TemplateStanding.Current) ? null
                : standings.Contains(TemplateStanding.OlderWay)
                    ? "These templates were made in an older way. With new photos, this person is recognised more surely."
                    : "These templates are of another encoder than the host has now: only new photos make this person known again.";
        }
    }

    /// <summary>How a template was made, in words.</summary>
    public static string Maker(TemplateInfo template) => template.Way is { } way ? $"{template.EncoderId}, {way}" : template.EncoderId;

    /// <summary>Whether a consent holds, in words, and how that looks.</summary>
    public (string Words, string Tone) StateOf(Consent consent) => consent switch
    {
        { WithdrawnAt: not null } => ("Withdrawn", "holiday"),
        _ when consent.IsInForceAt(Now) => ("In force", "good"),
        _ when consent.GivenAt > Now => ("Not yet", "info"),
        _ => ("Expired", "warn"),
    };

    /// <summary>Shows a person.</summary>
    /// <param name="id">The employee ID.</param>
    public async Task<IActionResult> OnGetAsync([FromQuery] string? id)
    {
        // Told once, to the browser that did it: an address alone says nothing of what was done.
        var done = TempData[Done] as string;
        if (done == "forget" && string.IsNullOrEmpty(id))
        {
            Forgotten = true;
            return Page();
        }

        var result = await ShowAsync(id);
        Message = Subject is null || Unavailable ? null : DoneInWords(done);
        return result;
    }

    public Task<IActionResult> OnPostActivateAsync([FromQuery] string? id, [FromForm] NoteForm form) =>
        ChangeAsync("activate", id, form, (person, note) =>
            people.SetActiveAsync(person.Id, active: true, note, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostDeactivateAsync([FromQuery] string? id, [FromForm] NoteForm form) =>
        ChangeAsync("deactivate", id, form, (person, note) =>
            people.SetActiveAsync(person.Id, active: false, note, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostRevokeAsync([FromQuery] string? id, [FromForm] NoteForm form) =>
        ChangeAsync("revoke", id, form, (person, note) =>
            people.RevokeAsync(person.Id, note, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostDeleteAsync([FromQuery] string? id, [FromForm] NoteForm form, [FromForm] Guid template) =>
        ChangeAsync("delete", id, form, (person, note) =>
            people.DeleteTemplateAsync(person.Id, template, note, HttpContext.RequestAborted));

    public async Task<IActionResult> OnPostForgetAsync([FromQuery] string? id, [FromForm] NoteForm form, [FromForm] string? confirm) =>
        Person.Normalize(confirm) == Person.Normalize(id)
            ? await ChangeAsync("forget", id, form, (person, note) => people.ForgetAsync(person.Id, note, HttpContext.RequestAborted))
            : await RefuseAsync("forget", id, form, "Nothing was deleted: type the employee ID to confirm that it is this person.");

    public Task<IActionResult> OnPostExportAsync([FromQuery] string? id, [FromForm] NoteForm form, [FromForm] bool encodings) =>
        ActAsync("export", id, form, (person, note) =>
            Task.FromResult<IActionResult>(new ResultOf(
                FratResults.PersonExport(person.Id, note, new PersonExportOptions { IncludeEncodings = encodings }))));

    // Somebody else may have changed it since: nothing is said that is not so any more.
    private string? DoneInWords(string? done) => done switch
    {
        "activate" when Subject!.IsActive => "is recognised again.",
        "deactivate" when !Subject!.IsActive => "is not recognised any more. Nothing was deleted.",
        "revoke" when !CanRevoke => "is not recognised any more: the consents are withdrawn, and the templates are deleted."
            + (Pin is null ? " Set a PIN, so that they can check in." : " They check in by PIN."),
        "delete" => "doesn’t have this template any more.",
        _ => PinDoneInWords(done),
    };

    private Task<IActionResult> ChangeAsync(
        string what, string? id, NoteForm form, Func<Person, AuditNote, Task<bool>> change, bool needsReason = true) =>
        ActAsync(what, id, form, needsReason: needsReason, act: async (person, note) =>
        {
            var changed = await change(person, note);
            // Where it changed nothing, it was so already, by somebody else at the same moment.
            TempData[Done] = changed || what != "forget" ? what : null;
            return Redirect(Url.Content("~/people/person") + (what == "forget" && changed ? "" : $"?id={Uri.EscapeDataString(id ?? "")}"));
        });

    private async Task<IActionResult> ActAsync(
        string what, string? id, NoteForm form, Func<Person, AuditNote, Task<IActionResult>> act, bool needsReason = true)
    {
        if (form.ToNote(Callers.Of(HttpContext, form.By), needsReason) is not { } note)
        {
            return await RefuseAsync(
                what,
                id,
                form,
                !needsReason ? $"Nothing was done: give your name, of at most {Actor.MaxIdLength} characters."
                : User.Identity is { IsAuthenticated: true }
                    ? $"Nothing was done: give a reason, of at most {AuditNote.MaxReasonLength} characters."
                    : $"Nothing was done: give your name and a reason, of at most {Actor.MaxIdLength} and {AuditNote.MaxReasonLength} "
                        + "characters.");
        }

        try
        {
            return await FindAsync(id) is { } person ? await act(person, note) : await ShowAsync(id);
        }
        catch (StoreException)
        {
            return await RefuseAsync(what, id, form, "The records can’t be changed right now. Try again in a moment.");
        }
    }

    private Task<IActionResult> RefuseAsync(string what, string? id, NoteForm form, string problem)
    {
        (Refused, Problem, By, Reason) = (what, problem, form.By ?? "", form.Reason ?? "");
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return ShowAsync(id);
    }

    private Task<Person?> FindAsync(string? id) => people.FindAsync(id, HttpContext.RequestAborted);

    private async Task<IActionResult> ShowAsync(string? id)
    {
        try
        {
            Subject = await FindAsync(id);
            if (Subject is null)
            {
                Response.StatusCode = StatusCodes.Status404NotFound;
                return Page();
            }

            Templates = await encodings.ListAsync(Subject.Id, HttpContext.RequestAborted);
            Pin = await pins.StateOfAsync(Subject.Id, HttpContext.RequestAborted);
            Consents = await consents.ListAsync(Subject.Id, HttpContext.RequestAborted);
            Trail = await ReadTrailAsync(Subject.Id, HttpContext.RequestAborted);
        }
        catch (StoreException)
        {
            Unavailable = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return Page();
    }

    // The trail is read from its beginning; only its end is held.
    private async Task<IReadOnlyList<AuditEntry>> ReadTrailAsync(Guid personId, CancellationToken cancellationToken)
    {
        var latest = new Queue<AuditEntry>(TrailLength + 1);
        await foreach (var entry in audit.ReadAsync(personId: personId, cancellationToken: cancellationToken))
        {
            latest.Enqueue(entry);
            if (latest.Count > TrailLength)
            {
                latest.Dequeue();
            }
        }

        return [.. latest.Reverse()];
    }
}

/// <summary>An answer of an endpoint, given by a page.</summary>
internal sealed class ResultOf(IResult result) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => result.ExecuteAsync(context.HttpContext);
}

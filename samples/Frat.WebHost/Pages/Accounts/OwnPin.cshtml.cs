using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>Changes the PIN of who is signed in, with the one so far: whose it is says the account, never the request.</summary>
internal sealed class OwnPinModel(IPersonStore people, Pins pins) : PageModel
{
    public PinState? State { get; private set; }

    public bool IsDone { get; private set; }

    public string? Problem { get; private set; }

    public async Task OnGetAsync() => await ReadAsync();

    public async Task OnPostAsync([FromForm] string? old, [FromForm(Name = "new")] string? next, [FromForm] string? again)
    {
        if (await ReadAsync() is not { } person || State is null)
        {
            return;
        }

        Problem = next != again ? "The two new PINs differ."
            : PinRules.Refuse(next, person.EmployeeId) is { } refusal ? PinRules.Words(refusal)
            : await ChangeAsync(person, old, next);
        IsDone = Problem is null;
    }

    private async Task<string?> ChangeAsync(Person person, string? old, string? next)
    {
        // Who sits at an open session tries PINs no faster than at the door.
        var device = "account:" + User.FindFirstValue(ClaimTypes.NameIdentifier);
        var verified = await pins.VerifyAsync(person.EmployeeId, old, device, HttpContext.RequestAborted);
        if (verified.Outcome is not (PinOutcome.Right or PinOutcome.NotActive))
        {
            return verified.Outcome == PinOutcome.Locked ? "Too many tries: wait five minutes." : "This is not your PIN so far.";
        }

        var note = new AuditNote { By = new Actor { Kind = ActorKind.Person, Id = person.Id.ToString() } };
        return await pins.SetAsync(person, next, note, HttpContext.RequestAborted) is { } refused ? PinRules.Words(refused) : null;
    }

    private async Task<Person?> ReadAsync()
    {
        var person = Guid.TryParse(User.FindFirstValue(AccountClaims.PersonClaim), out var id)
            ? await people.FindAsync(id, HttpContext.RequestAborted)
            : null;
        State = person is null ? null : await pins.StateOfAsync(person.Id, HttpContext.RequestAborted);
        return person;
    }
}

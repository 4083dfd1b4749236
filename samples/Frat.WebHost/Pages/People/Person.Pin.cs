using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost.Pages.People;

/// <summary>The PIN, as far as the office has to do with it.</summary>
internal sealed partial class PersonModel
{
    private const string SetPin = "set-pin";
    private const string RemovePin = "remove-pin";
    private const string UnlockPin = "unlock-pin";

    /// <summary>What there is to say of the PIN; null when there is none.</summary>
    public PinState? Pin { get; private set; }

    /// <summary>A PIN that was made just now, and is shown this once.</summary>
    public string? MadePin { get; private set; }

    public Task<IActionResult> OnPostSetPinAsync([FromQuery] string? id, [FromForm] NoteForm form, [FromForm] string? pin) =>
        ActAsync(SetPin, id, form, needsReason: false, act: async (person, note) =>
        {
            if (await pins.SetAsync(person, pin?.Trim(), note, HttpContext.RequestAborted) is { } refusal)
            {
                return await RefuseAsync(SetPin, id, form, $"Nothing was changed. {PinRules.Words(refusal)}");
            }

            TempData[Done] = SetPin;
            return Redirect(Url.Content("~/people/person") + $"?id={Uri.EscapeDataString(id ?? "")}");
        });

    public Task<IActionResult> OnPostMakePinAsync([FromQuery] string? id, [FromForm] NoteForm form) =>
        ActAsync(SetPin, id, form, needsReason: false, act: async (person, note) =>
        {
            var made = PinRules.Create(person.EmployeeId);
            if (await pins.SetAsync(person, made, note, HttpContext.RequestAborted) is null)
            {
                MadePin = made;
            }

            return await ShowAsync(id); // No redirect: the PIN is in this answer, and nowhere else.
        });

    public Task<IActionResult> OnPostRemovePinAsync([FromQuery] string? id, [FromForm] NoteForm form) =>
        ChangeAsync(RemovePin, id, form, needsReason: false, change: (person, note) =>
            pins.RemoveAsync(person.Id, note, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostUnlockPinAsync([FromQuery] string? id, [FromForm] NoteForm form) =>
        ChangeAsync(UnlockPin, id, form, needsReason: false, change: (person, note) =>
            pins.UnlockAsync(person.Id, note, HttpContext.RequestAborted));

    private string? PinDoneInWords(string? done) => done switch
    {
        SetPin when Pin is not null => "checks in by the new PIN.",
        RemovePin when Pin is null => "has no PIN any more.",
        UnlockPin when Pin is { LockedUntil: null } => "can use the PIN again.",
        _ => null,
    };
}

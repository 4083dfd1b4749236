using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Frat.WebHost;

/// <summary>
/// The calls about PINs, for the office's programs: what its pages do. A PIN is never read out; one that is made is answered once.
/// </summary>
internal static class PinEndpoints
{
    private const string Path = "/people/{employeeId}/pin";

    private static readonly FratProblem NoPin = new()
    {
        Status = StatusCodes.Status404NotFound,
        Code = "pinNotFound",
        Message = "This person has no PIN.",
    };

    public static void MapPins(this WebApplication app)
    {
        var calls = app.MapGroup(Addresses.Api).RequireAuthorization(FratPolicies.ManagePeople).WithTags("People");
        calls.MapGet(Path, ReadAsync)
            .Is(
                "readPin",
                "Tell whether a person has a PIN",
                "When and by whom it was set, and until when it is locked; never the PIN. Codes: `personNotFound`, `pinNotFound` (404).",
                404)
            .Produces<PinStateAnswer>();
        calls.MapPut(Path, SetAsync)
            .Is(
                "setPin",
                "Set a person's PIN",
                "In place of the one before; a lock ends with it. Codes: `invalidFields` (400).",
                400,
                404,
                415)
            .Produces(StatusCodes.Status204NoContent);
        calls.MapPost(Path, MakeAsync)
            .Is(
                "makePin",
                "Make a PIN for a person",
                "Of six digits, in place of the one before. It is in this answer, and nowhere else.",
                400,
                404,
                415)
            .Produces<MadePinAnswer>();
        calls.MapDelete(Path, RemoveAsync)
            .Is("removePin", "Remove a person's PIN", "Codes: `personNotFound`, `pinNotFound` (404).", 400, 404)
            .Produces(StatusCodes.Status204NoContent);
        calls.MapPost(Path + "/unlock", UnlockAsync)
            .Is("unlockPin", "End the lock of a person's PIN", "Of somebody who isn't locked, nothing changes.", 400, 404, 415)
            .Produces(StatusCodes.Status204NoContent);
    }

    private static RouteHandlerBuilder Is(
        this RouteHandlerBuilder call, string id, string summary, string description, params int[] statuses)
    {
        call.WithName(id).WithSummary(summary).WithDescription(description);
        foreach (var status in (int[])[.. statuses, StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable])
        {
            call.ProducesProblem(status);
        }

        return call;
    }

    private static async Task<IResult> ReadAsync(string employeeId, HttpContext context, Pins pins) =>
        await FratCalls.FindPersonAsync(context, employeeId) is not { } person ? FratCalls.PersonNotFound
        : await pins.StateOfAsync(person.Id, context.RequestAborted) is not { } state ? NoPin
        : TypedResults.Ok(new PinStateAnswer(state.SetAt, state.SetBy, state.LockedUntil));

    private static Task<IResult> SetAsync(string employeeId, PinRequest request, HttpContext context, Pins pins) =>
        ChangeAsync(context, employeeId, request.By, request.Reason, async (person, note) =>
            await pins.SetAsync(person, request.Pin, note, context.RequestAborted) is { } refusal
                ? FratCalls.InvalidField("pin", PinRules.Words(refusal))
                : TypedResults.NoContent());

    private static Task<IResult> MakeAsync(
        string employeeId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] NoteRequest? request,
        HttpContext context,
        Pins pins) =>
        ChangeAsync(context, employeeId, request?.By, request?.Reason, async (person, note) =>
        {
            var made = PinRules.Create(person.EmployeeId);
            return await pins.SetAsync(person, made, note, context.RequestAborted) is null
                ? TypedResults.Ok(new MadePinAnswer(made))
                : FratCalls.PersonNotFound;
        });

    private static Task<IResult> RemoveAsync(
        string employeeId, [FromQuery] string? by, [FromQuery] string? reason, HttpContext context, Pins pins) =>
        ChangeAsync(context, employeeId, by, reason, async (person, note) =>
            await pins.RemoveAsync(person.Id, note, context.RequestAborted) ? TypedResults.NoContent() : NoPin);

    private static Task<IResult> UnlockAsync(
        string employeeId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] NoteRequest? request,
        HttpContext context,
        Pins pins) =>
        ChangeAsync(context, employeeId, request?.By, request?.Reason, async (person, note) =>
        {
            await pins.UnlockAsync(person.Id, note, context.RequestAborted);
            return TypedResults.NoContent();
        });

    private static async Task<IResult> ChangeAsync(
        HttpContext context, string employeeId, string? by, string? reason, Func<Person, AuditNote, Task<IResult>> change)
    {
        var (note, invalid) = FratCalls.ReadNote(context, by, reason);
        return invalid is not null ? invalid
            : await FratCalls.FindPersonAsync(context, employeeId) is { } person ? await change(person, note)
            : FratCalls.PersonNotFound;
    }
}

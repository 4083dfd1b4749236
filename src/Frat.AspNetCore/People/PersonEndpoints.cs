using Microsoft.Extensions.Options;

namespace Frat.AspNetCore;

/// <summary>What is kept of one person, and what can be done about it.</summary>
internal static class PersonEndpoints
{
    private static readonly QueryText[] Note =
    [
        new(ChangeNotes.By, "Who does it, for the audit trail. Default: `web`."),
        new(ChangeNotes.Reason, "Why, for the audit trail."),
    ];

    public static void MapPerson(this IEndpointRouteBuilder api)
    {
        api.MapChange(
            "activate",
            "activatePerson",
            "Let a person be recognised again",
            "Of somebody who is so already, nothing changes.",
            (people, person, note, cancel) => people.SetActiveAsync(person.Id, active: true, note, cancel));
        api.MapChange(
            "deactivate",
            "deactivatePerson",
            "Let a person be recognised no more, for now",
            "At the next check-in they are unknown. Nothing is deleted.",
            (people, person, note, cancel) => people.SetActiveAsync(person.Id, active: false, note, cancel));
        api.MapChange(
            "revoke",
            "revokeConsent",
            "Withdraw a person's consents, and delete the templates",
            "At the next check-in they are unknown. The person and the attendance stay. Where there is nothing to withdraw, nothing "
                + "changes.",
            (people, person, note, cancel) => people.RevokeAsync(person.Id, note, cancel));
        api.MapDelete(PersonRoute.Path, ForgetAsync)
            .Is("forgetPerson", "People", FratPolicies.ManagePeople)
            .WithSummary("Forget a person")
            .WithDescription(
                "Deletes the person with consents, templates, punches, corrections, days, leaves and assignments. It can't be undone. The "
                    + "audit trail keeps a pseudonym.")
            .WithMetadata([.. Note])
            .Produces(StatusCodes.Status204NoContent)
            .ProducesValidationProblem()
            .Fails(404, 500, 503);
        api.MapGet(PersonRoute.Path + "/templates", ListTemplatesAsync)
            .Is("listTemplates", "People", FratPolicies.ReadPeople)
            .WithSummary("List a person's templates")
            .WithDescription("The oldest first; never an encoding.")
            .Produces<IEnumerable<TemplateAnswer>>()
            .Fails(404, 500, 503);
        api.MapDelete(PersonRoute.Path + "/templates/{templateId}", DeleteTemplateAsync)
            .Is("deleteTemplate", "People", FratPolicies.ManagePeople)
            .WithSummary("Delete one of a person's templates")
            .WithDescription("Codes: `personNotFound`, `templateNotFound` (404).")
            .WithMetadata([.. Note])
            .Produces(StatusCodes.Status204NoContent)
            .ProducesValidationProblem()
            .Fails(404, 500, 503);
        api.MapGet(PersonRoute.Path + "/consents", ListConsentsAsync)
            .Is("listConsents", "People", FratPolicies.ReadPeople)
            .WithSummary("List a person's consents")
            .WithDescription("The latest first, withdrawn and expired ones included.")
            .Produces<IEnumerable<RecordedConsentAnswer>>()
            .Fails(404, 500, 503);
        api.MapPost(PersonRoute.Path + "/consents", RecordConsentAsync)
            .Is("recordConsent", "People", FratPolicies.ManagePeople)
            .WithSummary("Record a consent of a person who is registered")
            .WithDescription(
                "To the present text, whose version is sent. Earlier consents are kept. Codes: `invalidFields` (400), `consentRequired` "
                    + "and `consentOutdated` (422).")
            .Produces<RecordedConsentAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .Fails(404, 415, 422, 500, 503);
        api.MapPost(PersonRoute.Path + "/export", ExportAsync)
            .Is("exportPerson", "People", FratPolicies.ManagePeople)
            .WithSummary("Export everything that is kept of a person")
            .WithDescription(
                "The person, consents, templates, punches with their corrections, days, leaves, assignments, and what the audit trail "
                    + "says of them. "
                + "That it was asked for is written into the audit trail. Rows stream, however many there are; an answer that breaks off "
                + "is not whole.")
            .Produces<object>()
            .ProducesValidationProblem()
            .Fails(404, 415, 500, 503);
    }

    private static void MapChange(
        this IEndpointRouteBuilder api,
        string verb,
        string name,
        string summary,
        string description,
        Func<IPeopleService, Person, AuditNote, CancellationToken, Task<bool>> change) =>
        api.MapPost(
            $"{PersonRoute.Path}/{verb}",
            (string employeeId, JsonBody<ChangeRequest> body, HttpContext context, IPersonStore store, IPeopleService people) =>
                    ChangeAsync(context, store, employeeId, body.Value?.By, body.Value?.Reason, async (person, note) =>
                    {
                        await change(people, person, note, context.RequestAborted);
                        return await store.FindAsync(person.Id, context.RequestAborted) is { } now
                            ? JsonAnswer.Ok(PersonAnswer.Of(now), PeopleJson.Wire.PersonAnswer)
                            : PersonRoute.NotFound;
                    }))
            .Is(name, "People", FratPolicies.ManagePeople)
            .WithSummary(summary)
            .WithDescription(description)
            .Produces<PersonAnswer>()
            .ProducesValidationProblem()
            .Fails(404, 415, 500, 503);

    /// <summary>Finds the person, reads the note, and does it.</summary>
    private static async Task<IResult> ChangeAsync(
        HttpContext context,
        IPersonStore store,
        string employeeId,
        string? by,
        string? reason,
        Func<Person, AuditNote, Task<IResult>> change)
    {
        var (note, invalid) = ChangeNotes.Read(context, by, reason);
        return invalid.Errors!.Count > 0 ? invalid
            : await store.FindAsync(context, employeeId) is { } person ? await change(person, note)
            : PersonRoute.NotFound;
    }

    /// <summary>The same, with a note in the body or, as some clients send no body with DELETE, in the query.</summary>
    private static Task<IResult> ChangeAsync(
        HttpContext context,
        IPersonStore store,
        string employeeId,
        ChangeRequest? request,
        Func<Person, AuditNote, Task<IResult>> change) => ChangeAsync(
            context,
            store,
            employeeId,
            request is null ? context.Request.Query[ChangeNotes.By] : request.By,
            request is null ? context.Request.Query[ChangeNotes.Reason] : request.Reason,
            change);

    private static Task<IResult> ForgetAsync(
        string employeeId,
        JsonBody<ChangeRequest> body,
        HttpContext context,
        IPersonStore store,
        IPeopleService people) =>
        ChangeAsync(context, store, employeeId, body.Value, async (person, note) =>
            await people.ForgetAsync(person.Id, note, context.RequestAborted) ? TypedResults.NoContent() : PersonRoute.NotFound);

    private static async Task<IResult> ListTemplatesAsync(
        string employeeId, HttpContext context, IPersonStore store, IEncodingStore encodings, IFaceEncoder encoder) =>
        await store.FindAsync(context, employeeId) is { } person
            ? JsonAnswer.Ok(
                (await encodings.ListAsync(person.Id, context.RequestAborted))
                    .Select(template => TemplateAnswer.Of(template, encoder.Info)),
                PeopleJson.Wire.IEnumerableTemplateAnswer)
            : PersonRoute.NotFound;

    private static Task<IResult> DeleteTemplateAsync(
        string employeeId,
        Guid templateId,
        JsonBody<ChangeRequest> body,
        HttpContext context,
        IPersonStore store,
        IPeopleService people) =>
        ChangeAsync(context, store, employeeId, body.Value, async (person, note) =>
            await people.DeleteTemplateAsync(person.Id, templateId, note, context.RequestAborted)
                ? TypedResults.NoContent()
                : new FratProblem(StatusCodes.Status404NotFound, "templateNotFound", "This person has no such template."));

    private static async Task<IResult> ListConsentsAsync(
        string employeeId, HttpContext context, IPersonStore store, IConsentStore consents, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return await store.FindAsync(context, employeeId) is { } person
            ? JsonAnswer.Ok(
                (await consents.ListAsync(person.Id, context.RequestAborted)).Select(consent => RecordedConsentAnswer.Of(consent, now)),
                PeopleJson.Wire.IEnumerableRecordedConsentAnswer)
            : PersonRoute.NotFound;
    }

    private static Task<IResult> RecordConsentAsync(
        string employeeId,
        JsonBody<ConsentRequest> body,
        HttpContext context,
        IPersonStore store,
        IPeopleService people,
        IOptions<ConsentOptions> text,
        TimeProvider time)
    {
        var request = body.Required;
        return ChangeAsync(context, store, employeeId, request.By, request.Reason, async (person, note) =>
        {
            if (ConsentRefusals.Of(request.Version?.Trim(), text.Value) is { } refused)
            {
                return refused;
            }

            var now = time.GetUtcNow();
            if (request.GivenAt > now)
            {
                return InvalidFields.Of(("givenAt", "A consent is not given in the future."));
            }

            var consent = text.Value.ToConsent(request.Basis, note.By, request.GivenAt?.ToUniversalTime() ?? now);
            return await people.RecordConsentAsync(person.Id, consent, note, context.RequestAborted)
                ? JsonAnswer.Created(
                    PersonRoute.Of(context.Request), RecordedConsentAnswer.Of(consent, now), PeopleJson.Wire.RecordedConsentAnswer)
                : PersonRoute.NotFound;
        });
    }

    private static Task<IResult> ExportAsync(
        string employeeId, JsonBody<ExportRequest> body, HttpContext context, IPersonStore store) =>
        ChangeAsync(context, store, employeeId, body.Value?.By, body.Value?.Reason, (person, note) =>
            Task.FromResult(FratResults.PersonExport(
                person.Id, note, new PersonExportOptions { IncludeEncodings = body.Value?.Encodings == true })));
}

using Microsoft.Extensions.Options;

namespace Frat.AspNetCore;

/// <summary>More photos of a person who is registered, or the first ones after a revocation.</summary>
internal static class AddedPhotos
{
    private const string ConsentField = "consent";

    public static void MapAddedPhotos(this IEndpointRouteBuilder api) =>
        api.MapPost(PersonRoute.Path + "/photos", AddAsync).TakesUploads(UploadKind.Other)
            .Is("addPhotos", "People", FratPolicies.ManagePeople)
            .WithSummary("Add photos to a person")
            .WithDescription(
                "One to ten photos, each with exactly one face, of the person as far as there are templates; they are not kept. It is also "
                + "the way back after a revocation, with a new consent. "
                + "Codes: `invalidFields` (400), `invalidImage` (400, 413), `personNotFound` (404), `duplicateFace` (409): somebody else "
                + "is registered with a like face; whom, only the audit trail says, `consentRequired` and `consentOutdated` (422), "
                + "`photoRefused` with `verdict` and `photoIndex` (422), `differentPeople` (422).")
            .WithMetadata(new FormBody(
                new FormField(
                    ConsentField,
                    "The version of the consent text that the person has agreed to anew; may be left out while a consent is in force.",
                    IsRequired: false,
                    MaxLength: Consent.MaxTextVersionLength),
                new FormField(
                    ChangeNotes.By,
                    "Who adds them, for the audit trail. Default: `web`.",
                    IsRequired: false,
                    MaxLength: Actor.MaxIdLength),
                new FormField(
                    ChangeNotes.Reason, "Why, for the audit trail.", IsRequired: false, MaxLength: AuditNote.MaxReasonLength),
                DuplicateFields.By,
                DuplicateFields.Reason,
                new FormField(PhotoEndpoints.Photo, "JPEG, PNG or WebP images.", IsFile: true, MaxCount: EnrollmentRequest.MaxPhotos)))
            .Produces<PersonAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .Fails(404, 408, 409, 411, 413, 415, 422, 500, 503);

    private static async Task<IResult> AddAsync(
        string employeeId,
        HttpContext context,
        IPersonStore people,
        IEnrollmentService enrollment,
        UploadLimits limits,
        PhotoRates rates,
        IOptions<ConsentOptions> text,
        TimeProvider time)
    {
        var from = RemoteAddress.Of(context);
        using var form = await UploadedForm.ReadAsync(context.Request, limits, repeatable: PhotoEndpoints.Photo);
        if (form.Problem is { } problem)
        {
            return problem;
        }

        var photos = form.Files(PhotoEndpoints.Photo);
        var (note, wrongNote) = ChangeNotes.Read(context, form.Text(ChangeNotes.By), form.Text(ChangeNotes.Reason));
        var (duplicate, duplicateErrors) = DuplicateFields.Read(context, form);
        var invalid = InvalidFields.Of(
            [
                .. wrongNote.Errors!.Select(error => (error.Key, (string?)error.Value[0])),
                .. duplicateErrors,
                (PhotoEndpoints.Photo, PeopleEndpoints.PhotoCountError(photos.Count)),
            ]);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        if (await people.FindAsync(context, employeeId) is not { } person)
        {
            return PersonRoute.NotFound;
        }

        var version = form.Text(ConsentField)?.Trim() is { Length: > 0 } sent ? sent : null;
        if (version is not null && PeopleEndpoints.ConsentFailure(version, text.Value) is { } refused)
        {
            return refused;
        }

        if ((rates.CheckDuplicates(from) ?? rates.Spend(from, photos.Count - 1)) is { } tooMany)
        {
            return tooMany;
        }

        var result = await enrollment.AddPhotosAsync(
            new AddPhotosRequest
            {
                PersonId = person.Id,
                Photos = [.. photos.Select(photo => photo.Content)],
                Consent = version is null ? null : text.Value.ToConsent(ConsentBasis.Given, note.By, time.GetUtcNow()),
                Note = note,
                DuplicateOverride = duplicate,
            },
            context.RequestAborted);
        if (result.Outcome == EnrollmentOutcome.DuplicateFace)
        {
            rates.SpendDuplicate(from);
        }

        return result.Outcome == EnrollmentOutcome.Enrolled
            ? JsonAnswer.Created(
                PersonRoute.Sibling(context.Request, "templates"), PersonAnswer.Of(result.Person!), PeopleJson.Wire.PersonAnswer)
            : EnrollmentRefusals.Of(result);
    }
}

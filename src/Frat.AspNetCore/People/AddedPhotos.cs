namespace Frat.AspNetCore;

/// <summary>More photos of a person who is registered, or the first ones after a revocation.</summary>
internal static class AddedPhotos
{
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
            .WithMetadata(new FormBody([
                PhotosForm.ConsentField(
                    "The version of the consent text that the person has agreed to anew; may be left out while a consent is in force.",
                    isRequired: false),
                new FormField(
                    ChangeNotes.By,
                    "Who adds them, for the audit trail. Default: `web`.",
                    IsRequired: false,
                    MaxLength: Actor.MaxIdLength),
                new FormField(
                    ChangeNotes.Reason, "Why, for the audit trail.", IsRequired: false, MaxLength: AuditNote.MaxReasonLength),
                .. PhotosForm.LastFields]))
            .Produces<PersonAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .Fails(404, 408, 409, 411, 413, 415, 422, 500, 503);

    private static async Task<IResult> AddAsync(
        string employeeId, HttpContext context, IPersonStore people, IEnrollmentService enrollment, TimeProvider time)
    {
        using var form = await PhotosForm.ReadAsync(context);
        if (form.Problem is { } problem)
        {
            return problem;
        }

        var (note, wrongNote) = ChangeNotes.Read(context, form.Text(ChangeNotes.By), form.Text(ChangeNotes.Reason));
        var invalid = InvalidFields.Of(
            [.. wrongNote.Fields(), .. form.Errors]);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        if (await people.FindAsync(context, employeeId) is not { } person)
        {
            return PersonRoute.NotFound;
        }

        var agreed = form.ConsentVersion is not null;
        if (((agreed ? form.CheckConsent() : null) ?? form.Spend()) is { } refused)
        {
            return refused;
        }

        var result = await enrollment.AddPhotosAsync(
            new AddPhotosRequest
            {
                PersonId = person.Id,
                Photos = form.Photos,
                Consent = agreed ? form.ToConsent(note.By, time) : null,
                Note = note,
                DuplicateOverride = form.Duplicate,
            },
            context.RequestAborted);
        form.Spend(result);
        return result.Outcome == EnrollmentOutcome.Enrolled
            ? JsonAnswer.Created(
                PersonRoute.Sibling(context.Request, "templates"), PersonAnswer.Of(result), PeopleJson.Wire.PersonAnswer)
            : EnrollmentRefusals.Of(result);
    }
}

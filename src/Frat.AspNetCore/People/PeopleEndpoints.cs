using Microsoft.Extensions.Options;

namespace Frat.AspNetCore;

internal static class PeopleEndpoints
{
    private const string EmployeeId = "employeeId";
    private const string Name = "name";

    private static readonly FratProblem EmployeeIdTaken =
        new(StatusCodes.Status409Conflict, "employeeIdTaken", "This employee ID is taken already.");

    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        api.MapPost("/people", RegisterAsync).TakesUploads(UploadKind.Other)
            .Is("registerPerson", "People", FratPolicies.ManagePeople)
            .WithSummary("Register a person")
            .WithDescription(
                "Registers a person with one to ten photos, each with exactly one face, all of the same person; three are better than one. "
                + "The photos are not kept. Names and IDs are stored in Unicode NFC, without white space around them. "
                + "Codes: `invalidFields` (400), `invalidImage` (400, 413), `employeeIdTaken` (409), `duplicateFace` (409): somebody is "
                + "registered with a like face; whom, only the audit trail says, `consentRequired` and `consentOutdated` (422), "
                + "`photoRefused` with `verdict` and `photoIndex` (422), `differentPeople` (422).")
            .WithMetadata(new FormBody([
                new FormField(EmployeeId, "The employer's ID of the person; unique.", MaxLength: Person.MaxEmployeeIdLength),
                new FormField(Name, "The person's name, in any script.", MaxLength: Person.MaxNameLength),
                PhotosForm.ConsentField(
                    "The version of the consent text, as `GET …/consent` gives it, that the person has agreed to.", isRequired: true),
                new FormField(
                    ChangeNotes.By,
                    "Who registers, for the audit trail. Default: `web`.",
                    IsRequired: false,
                    MaxLength: Actor.MaxIdLength),
                .. PhotosForm.LastFields]))
            .Produces<PersonAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .Fails(408, 409, 411, 413, 415, 422, 500, 503);
        api.MapPost("/people/without-face", RegisterWithoutFaceAsync)
            .Is("registerPersonWithoutFace", "People", FratPolicies.ManagePeople)
            .WithSummary("Register a person who is not to be recognised by face")
            .WithDescription(
                "Without photos, and so without a consent: the person's punches come by PIN or by a manager. Photos can be added later, "
                + "with a consent. Codes: `invalidFields` (400), `employeeIdTaken` (409).")
            .Produces<PersonAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .Fails(409, 415, 500, 503);
        api.MapGet("/consent", (IOptions<ConsentOptions> consent) =>
                JsonAnswer.Ok(ConsentAnswer.Of(consent.Value), PeopleJson.Wire.ConsentAnswer))
            .Is("readConsentText", "People", FratPolicies.ReadPeople)
            .WithSummary("Read what people are asked to agree to before they are registered")
            .Produces<ConsentAnswer>()
            .Fails(500);
        api.MapGet(PersonRoute.Path, FindAsync)
            .Is("findPerson", "People", FratPolicies.ReadPeople)
            .WithSummary("Find a person by employee ID")
            .Produces<PersonAnswer>()
            .Fails(404, 500, 503);
    }

    private static async Task<IResult> RegisterAsync(HttpContext context, IEnrollmentService enrollment, TimeProvider time)
    {
        using var form = await PhotosForm.ReadAsync(context);
        if (form.Problem is { } problem)
        {
            return problem;
        }

        var (nameError, idError) = (PersonTexts.NameError(form.Text(Name)), PersonTexts.EmployeeIdError(form.Text(EmployeeId)));
        var (by, byError) = ChangeNotes.ReadBy(context, form.Text(ChangeNotes.By));
        var invalid = InvalidFields.Of([(Name, nameError), (EmployeeId, idError), (ChangeNotes.By, byError), .. form.Errors]);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        if ((form.CheckConsent() ?? form.Spend()) is { } refused)
        {
            return refused;
        }

        var result = await enrollment.EnrollAsync(
            new EnrollmentRequest
            {
                EmployeeId = form.Text(EmployeeId),
                Name = form.Text(Name),
                Photos = form.Photos,
                Consent = form.ToConsent(by, time),
                Note = new AuditNote { By = by },
                DuplicateOverride = form.Duplicate,
            },
            context.RequestAborted);
        form.Spend(result);
        return result.Outcome switch
        {
            EnrollmentOutcome.Enrolled => JsonAnswer.Created(
                PersonRoute.Below(context.Request, result.Person!), PersonAnswer.Of(result), PeopleJson.Wire.PersonAnswer),
            EnrollmentOutcome.EmployeeIdTaken => EmployeeIdTaken,
            EnrollmentOutcome.InvalidName => InvalidFields.Of((Name, "This name can't be stored.")),
            EnrollmentOutcome.InvalidEmployeeId => InvalidFields.Of((EmployeeId, "This employee ID can't be stored.")),
            _ => EnrollmentRefusals.Of(result),
        };
    }

    private static async Task<IResult> RegisterWithoutFaceAsync(
        JsonBody<RegistrationWithoutFaceRequest> body, HttpContext context, IPersonStore people)
    {
        var sent = body.Required;
        var (note, wrongNote) = ChangeNotes.Read(context, sent.By, sent.Reason);
        var invalid = InvalidFields.Of(
            [
                (Name, PersonTexts.NameError(sent.Name)),
                (EmployeeId, PersonTexts.EmployeeIdError(sent.EmployeeId)),
                .. wrongNote.Fields(),
            ]);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        var receipt = await people.EnrollAsync(
            new Enrollment
            {
                EmployeeId = Person.Normalize(sent.EmployeeId),
                Name = Person.Normalize(sent.Name),
                Templates = [],
                Consent = null,
                Note = note,
            },
            context.RequestAborted);
        return receipt.Created
            ? JsonAnswer.Created(
                PersonRoute.Sibling(context.Request, Uri.EscapeDataString(receipt.Person.EmployeeId)),
                PersonAnswer.Of(receipt.Person),
                PeopleJson.Wire.PersonAnswer)
            : EmployeeIdTaken;
    }

    private static async Task<IResult> FindAsync(string employeeId, HttpContext context, IPersonStore people) =>
        await people.FindAsync(context, employeeId) is { } person
            ? JsonAnswer.Ok(PersonAnswer.Of(person), PeopleJson.Wire.PersonAnswer)
            : PersonRoute.NotFound;
}

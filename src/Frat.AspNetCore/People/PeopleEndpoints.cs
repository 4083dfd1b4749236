using Microsoft.Extensions.Options;

namespace Frat.AspNetCore;

internal static class PeopleEndpoints
{
    private const string EmployeeId = "employeeId";
    private const string Name = "name";
    private const string ConsentField = "consent";

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
            .WithMetadata(new FormBody(
                new FormField(EmployeeId, "The employer's ID of the person; unique.", MaxLength: Person.MaxEmployeeIdLength),
                new FormField(Name, "The person's name, in any script.", MaxLength: Person.MaxNameLength),
                new FormField(
                    ConsentField,
                    "The version of the consent text, as `GET …/consent` gives it, that the person has agreed to.",
                    MaxLength: Consent.MaxTextVersionLength),
                new FormField(
                    ChangeNotes.By,
                    "Who registers, for the audit trail. Default: `web`.",
                    IsRequired: false,
                    MaxLength: Actor.MaxIdLength),
                DuplicateFields.By,
                DuplicateFields.Reason,
                new FormField(PhotoEndpoints.Photo, "JPEG, PNG or WebP images.", IsFile: true, MaxCount: EnrollmentRequest.MaxPhotos)))
            .Produces<PersonAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .Fails(408, 409, 411, 413, 415, 422, 500, 503);
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

    public static FratProblem ConsentRequired { get; } = new(
        StatusCodes.Status422UnprocessableEntity,
        "consentRequired",
        "Nobody is registered without having agreed. Ask the person, and send the version of the text.");

    /// <summary>
    /// Why a version is no consent to the present text; null when it is. The version says which text the person saw: a page that was opened
    /// before the text changed must not record consent to the new one.
    /// </summary>
    public static FratProblem? ConsentFailure(string? version, ConsentOptions consent) => version switch
    {
        null or "" => ConsentRequired,
        _ when version != consent.Version => Refuse(
            StatusCodes.Status422UnprocessableEntity,
            "consentOutdated",
            "The text of the consent has changed. Show the person the present one, and ask again."),
        _ => null,
    };

    public static string? PhotoCountError(int count) =>
        count is 0 or > EnrollmentRequest.MaxPhotos ? $"Send 1 to {EnrollmentRequest.MaxPhotos} photos as files." : null;

    private static async Task<IResult> RegisterAsync(
        HttpContext context,
        IEnrollmentService enrollment,
        UploadLimits limits,
        PhotoRates rates,
        IOptions<ConsentOptions> consent,
        TimeProvider time)
    {
        var from = RemoteAddress.Of(context);
        using var form = await UploadedForm.ReadAsync(context.Request, limits, repeatable: PhotoEndpoints.Photo);
        if (form.Problem is { } problem)
        {
            return problem;
        }

        var photos = form.Files(PhotoEndpoints.Photo);
        var (nameError, idError) = (PersonTexts.NameError(form.Text(Name)), PersonTexts.EmployeeIdError(form.Text(EmployeeId)));
        var (by, byError) = ChangeNotes.ReadBy(context, form.Text(ChangeNotes.By));
        var (duplicate, duplicateErrors) = DuplicateFields.Read(context, form);
        var invalid = InvalidFields.Of(
            [
                (Name, nameError),
                (EmployeeId, idError),
                (ChangeNotes.By, byError),
                .. duplicateErrors,
                (PhotoEndpoints.Photo, PhotoCountError(photos.Count)),
            ]);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        if (ConsentFailure(form.Text(ConsentField)?.Trim(), consent.Value) is { } refused)
        {
            return refused;
        }

        if ((rates.CheckDuplicates(from) ?? rates.Spend(from, photos.Count - 1)) is { } tooMany)
        {
            return tooMany;
        }

        var request = new EnrollmentRequest
        {
            EmployeeId = form.Text(EmployeeId),
            Name = form.Text(Name),
            Photos = [.. photos.Select(photo => photo.Content)],
            Consent = consent.Value.ToConsent(ConsentBasis.Given, by, time.GetUtcNow()),
            Note = new AuditNote { By = by },
            DuplicateOverride = duplicate,
        };
        var result = await enrollment.EnrollAsync(request, context.RequestAborted);
        if (result.Outcome == EnrollmentOutcome.DuplicateFace)
        {
            rates.SpendDuplicate(from);
        }

        return result.Outcome switch
        {
            EnrollmentOutcome.Enrolled => JsonAnswer.Created(
                PersonRoute.Below(context.Request, result.Person!), PersonAnswer.Of(result.Person!), PeopleJson.Wire.PersonAnswer),
            EnrollmentOutcome.EmployeeIdTaken =>
                Refuse(StatusCodes.Status409Conflict, "employeeIdTaken", "This employee ID is taken already."),
            EnrollmentOutcome.InvalidName => InvalidFields.Of((Name, "This name can't be stored.")),
            EnrollmentOutcome.InvalidEmployeeId => InvalidFields.Of((EmployeeId, "This employee ID can't be stored.")),
            _ => EnrollmentRefusals.Of(result),
        };
    }

    private static async Task<IResult> FindAsync(string employeeId, HttpContext context, IPersonStore people) =>
        await people.FindAsync(context, employeeId) is { } person
            ? JsonAnswer.Ok(PersonAnswer.Of(person), PeopleJson.Wire.PersonAnswer)
            : PersonRoute.NotFound;

    private static FratProblem Refuse(int status, string code, string message) => new(status, code, message);
}

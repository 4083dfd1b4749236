using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

internal static class PeopleApi
{
    private const string EmployeeId = "employeeId";
    private const string Name = "name";
    private const string ConsentField = "consent";
    private const string By = "by";
    private const string DefaultBy = "web";

    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        api.MapPost("/people", RegisterAsync).TakesUploads()
            .WithName("registerPerson").WithTags("People")
            .WithSummary("Register a person")
            .WithDescription(
                "Registers a person with one to ten photos, each with exactly one face, all of the same person; three are better than one. "
                + "The photos are not kept. Names and IDs are stored in Unicode NFC, without white space around them. "
                + "Codes: `invalidFields` (400), `invalidImage` (400, 413), `employeeIdTaken` (409), `consentRequired` and `consentOutdated` (422), `photoRefused` with `verdict` and `photoIndex` (422), `differentPeople` (422).")
            .WithMetadata(new FormBody(
                new FormField(EmployeeId, "The employer's ID of the person; unique.", MaxLength: Person.MaxEmployeeIdLength),
                new FormField(Name, "The person's name, in any script.", MaxLength: Person.MaxNameLength),
                new FormField(ConsentField, "The version of the consent text, as `GET /api/v1/consent` gives it, that the person has agreed to.", MaxLength: Consent.MaxTextVersionLength),
                new FormField(By, "Who registers, for the audit trail. Default: `web`.", IsRequired: false, MaxLength: AuditNote.MaxByLength),
                new FormField(PhotosApi.Photo, "JPEG, PNG or WebP images.", IsFile: true, MaxCount: EnrollmentRequest.MaxPhotos)))
            .Produces<PersonAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .Fails(408, 409, 411, 413, 415, 422, 500, 503);
        api.MapGet("/consent", (IOptions<ConsentOptions> consent) => ConsentAnswer.Of(consent.Value))
            .WithName("readConsentText").WithTags("People")
            .WithSummary("Read what people are asked to agree to before they are registered")
            .Produces<ConsentAnswer>()
            .Fails(500);
        api.MapGet("/people", ListAsync)
            .WithName("listPeople").WithTags("People")
            .WithSummary("List everybody who is registered")
            .WithDescription("Ordered by employee ID.")
            .Produces<IEnumerable<PersonAnswer>>()
            .Fails(500, 503);
        api.MapGet("/people/{employeeId}", FindAsync)
            .WithName("findPerson").WithTags("People")
            .WithSummary("Find a person by employee ID")
            .Produces<PersonAnswer>()
            .Fails(404, 500, 503);
    }

    private static async Task<IResult> RegisterAsync(
        HttpContext context, EnrollmentService enrollment, UploadLimits limits, IOptions<ConsentOptions> consent, TimeProvider time)
    {
        using var form = await UploadedForm.ReadAsync(context.Request, limits, repeatable: PhotosApi.Photo);
        if (form.Failure is { } failure)
        {
            return new FailureResult(failure);
        }

        var photos = form.Files(PhotosApi.Photo);
        var (nameError, idError) = (PersonTexts.NameError(form.Text(Name)), PersonTexts.EmployeeIdError(form.Text(EmployeeId)));
        var by = form.Text(By)?.Trim() is { Length: > 0 } text ? text : DefaultBy;
        var byError = by.Length > AuditNote.MaxByLength || by.Any(char.IsControl) ? $"Who registers has at most {AuditNote.MaxByLength} characters that can be shown." : null;
        var photoError = photos.Count is 0 or > EnrollmentRequest.MaxPhotos ? $"Send 1 to {EnrollmentRequest.MaxPhotos} photos as files." : null;
        var invalid = InvalidFields.Of((Name, nameError), (EmployeeId, idError), (By, byError), (PhotosApi.Photo, photoError));
        if (invalid.Errors!.Count > 0)
        {
            return new FailureResult(invalid);
        }

        if (ConsentFailure(form.Text(ConsentField)?.Trim(), consent.Value) is { } refused)
        {
            return refused;
        }

        var request = new EnrollmentRequest
        {
            EmployeeId = form.Text(EmployeeId),
            Name = form.Text(Name),
            Photos = [.. photos.Select(photo => photo.Content)],
            Consent = consent.Value.ToConsent(ConsentBasis.Given, by, time.GetUtcNow()),
            Note = new AuditNote(by),
        };
        var result = await enrollment.EnrollAsync(request, context.RequestAborted);
        return result.Outcome switch
        {
            EnrollmentOutcome.Enrolled => TypedResults.Created(
                $"{ApiRoutes.Prefix}/people/{Uri.EscapeDataString(result.Person!.EmployeeId)}", PersonAnswer.Of(result.Person)),
            EnrollmentOutcome.EmployeeIdTaken => Refuse(StatusCodes.Status409Conflict, "employeeIdTaken", "This employee ID is taken already."),
            EnrollmentOutcome.DifferentPeople => Refuse(
                StatusCodes.Status422UnprocessableEntity, "differentPeople", "The photos show different people. Use photos of one person."),
            EnrollmentOutcome.PhotoRefused => new FailureResult(new Failure(
                StatusCodes.Status422UnprocessableEntity, "photoRefused", Sentences.Of(result.Photo!.Verdict))
            {
                Facts = new Dictionary<string, object?> { ["verdict"] = result.Photo.Verdict, ["photoIndex"] = result.PhotoIndex },
            }),
            EnrollmentOutcome.InvalidName => new FailureResult(InvalidFields.Of((Name, "This name can't be stored."))),
            EnrollmentOutcome.InvalidEmployeeId => new FailureResult(InvalidFields.Of((EmployeeId, "This employee ID can't be stored."))),
            _ => new FailureResult(InvalidFields.Of((PhotosApi.Photo, "Send other photos."))),
        };
    }

    // The version says which text the person saw: a page that was opened before the text changed must not record consent to the new one.
    private static FailureResult? ConsentFailure(string? version, ConsentOptions consent) => version switch
    {
        null or "" => Refuse(
            StatusCodes.Status422UnprocessableEntity, "consentRequired", "Nobody is registered without having agreed. Ask the person, and send the version of the text."),
        _ when version != consent.Version => Refuse(
            StatusCodes.Status422UnprocessableEntity, "consentOutdated", "The text of the consent has changed. Show the person the present one, and ask again."),
        _ => null,
    };

    private static async Task<IResult> ListAsync(IEncodingStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.ListAsync(cancellationToken).Select(PersonAnswer.Of).PrimeAsync(cancellationToken));

    private static async Task<IResult> FindAsync(string employeeId, HttpContext context, IEncodingStore store)
    {
        var id = Person.Normalize(LastSegment(context) ?? employeeId);
        var person = id.Length is 0 or > Person.MaxEmployeeIdLength ? null : await store.FindAsync(id, context.RequestAborted);
        return person is null ? Refuse(StatusCodes.Status404NotFound, "personNotFound", "Nobody has this employee ID.") : TypedResults.Ok(PersonAnswer.Of(person));
    }

    // The server leaves %2F in a path as it is, because a slash separates; an employee ID may have one.
    private static string? LastSegment(HttpContext context)
    {
        var path = context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0].TrimEnd('/');
        return string.IsNullOrEmpty(path) ? null : Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }

    private static FailureResult Refuse(int status, string code, string message) => new(new Failure(status, code, message));
}

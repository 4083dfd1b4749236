using Microsoft.Extensions.Options;

namespace Frat.AspNetCore;

/// <summary>
/// The original application's two calls, so that pages and scripts written for it go on: the same paths, fields, statuses, codes
/// and messages. What the original did not tell apart has a message of its own.
/// </summary>
internal static class FlaskEndpoints
{
    public const string RegisterPath = "/register";
    public const string AttendancePath = "/attendance";
    private static readonly string[] OtherMethods = ["GET", "HEAD", "PUT", "PATCH", "DELETE"];
    private const string Tag = "Original application";
    private static readonly Actor RegisterCaller = Actor.Claimed("POST /register");
    private const string DuplicateReason = "The original's call can't ask about a like face.";

    public static void MapFlask(this RouteGroupBuilder group)
    {
        group.WithMetadata(new ProblemForm((problem, context) => FlaskAnswer.Of(problem).WriteAsync(context)));
        group.MapPost(RegisterPath, RegisterAsync).TakesUploads(UploadKind.Other)
            .Is("originalRegister", Tag, FratPolicies.ManagePeople)
            .WithSummary("Register a person, as the original application did")
            .WithDescription(
                "Answers `{\"status\", \"message\"}` with status `success` or `failed`. New programs use `POST …/people`. "
                + "The call can't ask for consent: it is recorded that the operator attests one, unless `ConsentOptions.Attest` is false, "
                + "which refuses the call. "
                + "Nor can it ask about a face like that of somebody who is registered: as the original did, it registers it, and records "
                + "that in the audit trail, unless `FlaskCompatibilityOptions.AcceptDuplicates` is false.")
            .WithMetadata(new FormBody(
                new FormField("name", "The person's name.", MaxLength: Person.MaxNameLength),
                new FormField("employee_id", "The employer's ID of the person; unique.", MaxLength: Person.MaxEmployeeIdLength),
                new FormField("image", "A photo with exactly one face.", IsFile: true)))
            .Produces<FlaskAnswer>()
            .ProducesFlaskFailures(400, 403, 409, 413, 500, 503);
        group.MapPost(AttendancePath, AttendAsync).TakesUploads(UploadKind.CheckIn)
            .Is("originalAttendance", Tag, FratPolicies.CheckIn)
            .WithSummary("Mark attendance by face, as the original application did")
            .WithDescription(
                "Answers `{\"status\", \"message\"}` with status `success`, `already_marked` or `failed`. New programs use `POST "
                    + "…/check-ins`.")
            .WithMetadata(new FormBody(new FormField("image", "A photo or camera frame with exactly one face.", IsFile: true)))
            .Produces<FlaskAnswer>()
            .ProducesFlaskFailures(400, 404, 413, 500, 503);

        // Another method is answered in the original's form, too; an application's own page at the address goes first.
        foreach (var (path, policy) in (
            (string, string)[])[(RegisterPath, FratPolicies.ManagePeople), (AttendancePath, FratPolicies.CheckIn)])
        {
            group.MapMethods(path, OtherMethods, RefuseMethod).WithOrder(int.MaxValue).ExcludeFromDescription()
                .WithMetadata(new Operation("originalOtherMethod", policy));
        }
    }

    private static FratProblem RefuseMethod(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        return FratProblem.OfStatus(StatusCodes.Status405MethodNotAllowed);
    }

    private static async Task<IResult> RegisterAsync(
        HttpContext context,
        IEnrollmentService enrollment,
        UploadLimits limits,
        PhotoRates rates,
        IOptions<ConsentOptions> consent,
        IOptions<FlaskCompatibilityOptions> original,
        TimeProvider time)
    {
        var from = RemoteAddress.Of(context);
        if (!consent.Value.Attest)
        {
            return Failed(
                StatusCodes.Status403Forbidden,
                "Registration by this call is turned off, because it can't ask for consent. Use the registration page.");
        }

        using var form = await UploadedForm.ReadAsync(context.Request, limits);
        if (IsUnreadable(form))
        {
            return form.Problem!;
        }

        if (form.Text("name") is not { } name || form.Text("employee_id") is not { } employeeId || form.File("image") is not { } image)
        {
            return Failed(StatusCodes.Status400BadRequest, "Missing form data");
        }

        if (Person.Normalize(name).Length == 0 || Person.Normalize(employeeId).Length == 0 || image.FileName.Length == 0)
        {
            return Failed(StatusCodes.Status400BadRequest, "All fields are required");
        }

        if ((PersonTexts.NameError(name) ?? PersonTexts.EmployeeIdError(employeeId)) is { } error)
        {
            return Failed(StatusCodes.Status400BadRequest, error);
        }

        if (rates.CheckDuplicates(from) is { } tooMany)
        {
            return tooMany;
        }

        var request = new EnrollmentRequest
        {
            Name = name,
            EmployeeId = employeeId,
            Photos = [image.Content],
            Consent = consent.Value.ToConsent(ConsentBasis.Attested, RegisterCaller, time.GetUtcNow()),
            Note = new AuditNote { By = RegisterCaller },
            DuplicateOverride = original.Value.AcceptDuplicates
                ? new DuplicateOverride { By = RegisterCaller, Reason = DuplicateReason }
                : null,
        };
        var result = await enrollment.EnrollAsync(request, context.RequestAborted);
        if (result.Outcome == EnrollmentOutcome.DuplicateFace)
        {
            rates.SpendDuplicate(from);
        }

        return result.Outcome switch
        {
            EnrollmentOutcome.Enrolled => Ok(FlaskAnswer.Success("User registered successfully")),
            EnrollmentOutcome.EmployeeIdTaken => Failed(StatusCodes.Status409Conflict, "Employee ID already exists"),
            EnrollmentOutcome.DuplicateFace => Failed(
                StatusCodes.Status409Conflict, "This face is like that of somebody who is registered already. Use the registration page."),
            EnrollmentOutcome.PhotoRefused => Failed(StatusCodes.Status400BadRequest, result.Photo!.Verdict switch
            {
                PhotoVerdict.NoFace => "No face detected in image",
                PhotoVerdict.SeveralFaces => "Several faces detected in image",
                PhotoVerdict.FaceTooSmall => "The face in the image is too small",
                _ => PhotoTexts.Of(result.Photo.Verdict),
            }),
            _ => Failed(StatusCodes.Status400BadRequest, "All fields are required"),
        };
    }

    private static async Task<IResult> AttendAsync(HttpContext context, ICheckInService checkIn, UploadLimits limits)
    {
        using var form = await UploadedForm.ReadAsync(context.Request, limits);
        if (IsUnreadable(form))
        {
            return form.Problem!;
        }

        if (form.File("image") is not { } image)
        {
            return Failed(StatusCodes.Status400BadRequest, "No image part in the request");
        }

        if (image.FileName.Length == 0)
        {
            return Failed(StatusCodes.Status400BadRequest, "No image file provided");
        }

        var result = await checkIn.CheckInAsync(new CheckInRequest { Frames = [image.Content], Source = "web" }, context.RequestAborted);
        return result switch
        {
            { Outcome: IdentificationOutcome.Recognized, Receipt: { Marked: true, Day: var day } } =>
                Ok(FlaskAnswer.Success($"Attendance marked for {day.Person.Name}")),
            { Outcome: IdentificationOutcome.Recognized, Receipt: { Day: var day } } =>
                Ok(FlaskAnswer.AlreadyMarked($"Attendance already marked for {day.Person.Name} today")),
            { Outcome: IdentificationOutcome.NoFace } => Failed(StatusCodes.Status400BadRequest, "No face detected"),
            { Outcome: IdentificationOutcome.SeveralFaces } =>
                Failed(StatusCodes.Status400BadRequest, "Several faces detected. Please step in front of the camera alone."),
            { Outcome: IdentificationOutcome.TooFar } =>
                Failed(StatusCodes.Status400BadRequest, "The face is too far away. Please come closer to the camera."),
            { Outcome: IdentificationOutcome.Unsure } =>
                Failed(StatusCodes.Status404NotFound, "Not sure who you are. Please look straight into the camera and try again."),
            _ => Failed(StatusCodes.Status404NotFound, "Unknown user. Please register first."),
        };
    }

    // The original took a request that is no multipart form for a form without fields, and said which field it missed.
    private static bool IsUnreadable(UploadedForm form) => form.Problem is { Status: not StatusCodes.Status415UnsupportedMediaType };

    private static JsonAnswer<FlaskAnswer> Ok(FlaskAnswer answer) => JsonAnswer.Ok(answer, FlaskJson.Wire.FlaskAnswer);

    private static JsonAnswer<FlaskAnswer> Failed(int status, string message) =>
        new(FlaskAnswer.Failed(message), FlaskJson.Wire.FlaskAnswer, status, location: null);

    private static void ProducesFlaskFailures(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<FlaskAnswer>(status);
        }
    }
}

namespace Frat.AspNetCore;

internal static class CheckInEndpoints
{
    private const string Image = "image";
    private const string Source = "source";
    private const string IdempotencyKey = "Idempotency-Key";
    private const string DefaultSource = "web";

    public static void MapCheckIns(this IEndpointRouteBuilder api) =>
        api.MapPost("/check-ins", CheckInAsync).TakesUploads(UploadKind.CheckIn)
            .Is("checkIn", "Check-in", FratPolicies.CheckIn)
            .WithSummary("Check a person in by face")
            .WithDescription(
                "Recognises the person on the image and marks the day's attendance once. Every outcome is a result (200); only "
                    + "`recognized` recorded anything. "
                + "The image is not kept. Sent again by the same `source` with the same `Idempotency-Key`, a check-in that was recorded "
                + "is not recorded twice, and gets the same answer; "
                + "with another image, or on another day, it is refused with `idempotencyKeyReused` (422).")
            .WithMetadata(
                new FormBody(
                    new FormField(Image, "A JPEG, PNG or WebP image with exactly one face, such as a camera frame.", IsFile: true),
                    new FormField(Source, "The kiosk or device. Default: `web`.", IsRequired: false, MaxLength: Punch.MaxSourceLength)),
                new RequestHeader(IdempotencyKey, "A key of the caller's choice, new for each check-in.", Punch.MaxIdempotencyKeyLength))
            .Produces<CheckInAnswer>()
            .ProducesValidationProblem()
            .Fails(408, 411, 413, 415, 422, 500, 503);

    private static async Task<IResult> CheckInAsync(HttpContext context, CheckInService checkIn, UploadLimits limits)
    {
        using var form = await UploadedForm.ReadAsync(context.Request, limits);
        if (form.Problem is { } problem)
        {
            return problem;
        }

        var image = form.File(Image);
        var source = form.Text(Source)?.Trim() is { Length: > 0 } text ? text : DefaultSource;
        var key = context.Request.Headers[IdempotencyKey].ToString() is { Length: > 0 } header ? header : null;
        var invalid = InvalidFields.Of(
            (Image, image is null ? "Send the image as a file." : null),
            (Source, source.Length > Punch.MaxSourceLength || source.Any(char.IsControl)
                ? $"The source has at most {Punch.MaxSourceLength} characters that can be shown."
                : null),
            (IdempotencyKey, key is not null && (key.Length > Punch.MaxIdempotencyKeyLength
                || string.IsNullOrWhiteSpace(key)
                || key.Any(char.IsControl)) ? $"The key has 1 to {Punch.MaxIdempotencyKeyLength} characters that can be shown." : null));
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        try
        {
            var request = new CheckInRequest { Image = image!.Content, Source = source, IdempotencyKey = key };
            return JsonAnswer.Ok(
                Answer(await checkIn.CheckInAsync(request, context.RequestAborted)), CheckInJson.Wire.CheckInAnswer);
        }
        catch (PunchConflictException)
        {
            return new FratProblem(
                StatusCodes.Status422UnprocessableEntity,
                "idempotencyKeyReused",
                "This Idempotency-Key belongs to another check-in: of another person, photo or day. Nothing was recorded; use a new key "
                    + "for each check-in.");
        }
    }

    private static CheckInAnswer Answer(CheckInResult result) => new(
        result.Outcome,
        CheckInTexts.Of(result),
        result.Receipt is { Day.Person: var person } ? new RecognizedPerson(person.EmployeeId, person.Name) : null,
        result.Receipt is { } receipt ? MarkedDay.Of(receipt) : null);
}

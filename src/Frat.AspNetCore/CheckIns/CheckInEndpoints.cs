namespace Frat.AspNetCore;

internal static class CheckInEndpoints
{
    private const string Image = "image";

    public static void MapCheckIns(this IEndpointRouteBuilder api) =>
        api.MapPost("/check-ins", CheckInAsync).TakesUploads(UploadKind.CheckIn)
            .Is("checkIn", "Check-in", FratPolicies.CheckIn)
            .WithSummary("Check a person in by face")
            .WithDescription(
                "Recognises the person on the image and marks the day's attendance once. Every outcome is a result (200); only "
                    + "`recognized` recorded anything. "
                + $"Of up to {IFaceIdentifier.MaxFrames} frames of one person, taken within moments, the mean is compared, which is "
                + "steadier than one. Send them in their order. Those without a face are passed over, and dark, blurred or turned ones "
                + "where there are better ones; `facesDiffer` says that they don't show one and the same face, `tooFar` that whoever is "
                + "there has to come closer. All of them share the limit of one request. "
                + "The images are not kept. Sent again by the same `source` with the same `Idempotency-Key`, a check-in that was recorded "
                + "is not recorded twice, and gets the same answer; "
                + "with other images, or on another day, it is refused with `idempotencyKeyReused` (422).")
            .WithMetadata(
                new FormBody(
                    new FormField(
                        Image,
                        "JPEG, PNG or WebP images with exactly one face, such as camera frames.",
                        IsFile: true,
                        MaxCount: IFaceIdentifier.MaxFrames),
                    new FormField(
                        PunchFields.Source,
                        "The kiosk or device. Default: `web`.",
                        IsRequired: false,
                        MaxLength: Punch.MaxSourceLength),
                    new FormField(PunchFields.Site, "The site, where the host has several.", IsRequired: false),
                    new FormField(PunchFields.DeviceId, "The device's id, a GUID.", IsRequired: false),
                    new FormField(
                        PunchFields.CapturedAt,
                        "When the frames were taken, where the device was offline then: with its offset, such as "
                            + "`2026-11-02T08:00:00+01:00`, and at most 24 hours ago. Only from callers whose clock the application "
                            + "trusts.",
                        IsRequired: false),
                    new FormField(
                        PunchFields.Direction, "`in` or `out`, where the device knows; else the rules find out.", IsRequired: false)),
                PunchFields.KeyHeader)
            .Produces<CheckInAnswer>()
            .ProducesValidationProblem()
            .Fails(408, 411, 413, 415, 422, 500, 503);

    private static async Task<IResult> CheckInAsync(HttpContext context, ICheckInService checkIn, UploadLimits limits)
    {
        using var form = await UploadedForm.ReadAsync(context.Request, limits, repeatable: Image);
        if (form.Problem is { } problem)
        {
            return problem;
        }

        var images = form.Files(Image);
        var fields = PunchFields.Read(
            context,
            form.Text(PunchFields.Source),
            form.Text(PunchFields.Site),
            form.Text(PunchFields.DeviceId),
            form.Text(PunchFields.CapturedAt));
        var direction = ReadDirection(form.Text(PunchFields.Direction));
        var invalid = InvalidFields.Of(
            [
                (Image, images.Count switch
                {
                    0 => "Send the image as a file.",
                    > IFaceIdentifier.MaxFrames => $"Send at most {IFaceIdentifier.MaxFrames} images.",
                    _ => null,
                }),
                (PunchFields.Direction, direction is null ? "Write in or out." : null),
                .. fields.Errors,
            ]);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        var request = new CheckInRequest
        {
            Frames = [.. images.Select(image => (FaceImage)image.Content)],
            Source = fields.By,
            Site = fields.Where,
            DeviceId = fields.Device,
            CapturedAt = fields.When,
            Direction = direction!.Value,
            IdempotencyKey = fields.Key,
        };
        try
        {
            return JsonAnswer.Ok(
                CheckInAnswer.Of(await checkIn.CheckInAsync(request, context.RequestAborted)), CheckInJson.Wire.CheckInAnswer);
        }
        catch (ArgumentException wrong) when (Invalid(wrong) is { } field)
        {
            return field;
        }
        catch (PunchConflictException)
        {
            return PunchFields.KeyReused;
        }

        static FratProblem? Invalid(ArgumentException wrong) => wrong.ToInvalidField(("capturedAt", PunchFields.CapturedAt));
    }

    private static PunchDirection? ReadDirection(string? text) => text?.Trim() switch
    {
        null or "" => PunchDirection.Undetermined,
        "in" => PunchDirection.In,
        "out" => PunchDirection.Out,
        _ => null,
    };
}

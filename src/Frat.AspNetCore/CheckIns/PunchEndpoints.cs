namespace Frat.AspNetCore;

/// <summary>Punches without a face: by PIN, for which the caller vouches, and by a manager.</summary>
internal static class PunchEndpoints
{
    private const string LocalTime = "localTime";
    private const string Once =
        " Sent again by the same `source` with the same `Idempotency-Key`, it is not recorded twice, and gets the same answer. ";

    private static readonly FratProblem Inactive = new(
        StatusCodes.Status409Conflict, "personInactive", "This person is not active. Nothing was recorded.");

    public static void MapManualPunches(this IEndpointRouteBuilder api) =>
        api.MapPost(PersonRoute.Path + "/punches", EnterAsync)
            .Is("enterPunch", "Attendance", FratPolicies.CorrectAttendance)
            .WithSummary("Enter a punch that nobody made at a device")
            .WithDescription(
                "A manager's punch, with its entry in the audit trail; also of somebody who is not active." + Once
                    + "Codes: `invalidFields` (400), `personNotFound` (404), `idempotencyKeyReused` (422).")
            .WithMetadata(PunchFields.KeyHeader)
            .Produces<PunchReceiptAnswer>().ProducesValidationProblem().Fails(404, 415, 422, 500, 503);

    public static void MapPinPunches(this IEndpointRouteBuilder api) =>
        api.MapPost(PersonRoute.Path + "/punches/pin", PunchAsync)
            .Is("punchByPin", "Check-in", FratPolicies.PunchByPin)
            .WithSummary("Record a punch of somebody whose PIN the caller has verified")
            .WithDescription(
                "FRAT keeps no PINs: anyone who may call this vouches for the person." + Once
                    + "Codes: `invalidFields` (400), `personNotFound` (404), `personInactive` (409), `idempotencyKeyReused` (422).")
            .WithMetadata(PunchFields.KeyHeader)
            .Produces<PunchReceiptAnswer>().ProducesValidationProblem().Fails(404, 409, 415, 422, 500, 503);

    private static async Task<IResult> EnterAsync(
        string employeeId, JsonBody<ManualPunchRequest> body, HttpContext context, IPersonStore people, ICheckInService checkIn)
    {
        var sent = body.Required;
        var localTime = LocalTimes.Read(sent.LocalTime);
        var fields = PunchFields.Read(context, sent.Source, sent.Site, sent.DeviceId, capturedAt: null);
        var (note, wrongNote) = ChangeNotes.Read(context, sent.By, sent.Reason);
        var invalid = InvalidFields.Of(
            [
                (LocalTime, sent.LocalTime is not null && localTime is null ? "Write the time as YYYY-MM-DDTHH:MM:SS." : null),
                .. fields.Errors,
                .. wrongNote.Fields(),
                .. note.Reason is null ? [(ChangeNotes.Reason, (string?)"Say why.")] : Array.Empty<(string, string?)>(),
            ]);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        return await people.FindAsync(context, employeeId) is not { } person
            ? PersonRoute.NotFound
            : await RecordAsync(context, checkIn, PersonRoute.NotFound, new PunchRequest
            {
                PersonId = person.Id,
                Method = PunchMethod.Manual,
                Source = fields.By,
                Note = note,
                DeviceId = fields.Device,
                Site = fields.Where,
                LocalTime = localTime,
                IdempotencyKey = fields.Key,
                Direction = sent.Direction,
            });
    }

    private static async Task<IResult> PunchAsync(
        string employeeId, JsonBody<PinPunchRequest> body, HttpContext context, IPersonStore people, ICheckInService checkIn)
    {
        var sent = body.Value ?? new PinPunchRequest();
        var fields = PunchFields.Read(context, sent.Source, sent.Site, sent.DeviceId, sent.CapturedAt);
        var invalid = InvalidFields.Of(fields.Errors);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        return await people.FindAsync(context, employeeId) is not { } person
            ? PersonRoute.NotFound
            : await RecordAsync(context, checkIn, Inactive, new PunchRequest
            {
                PersonId = person.Id,
                Method = PunchMethod.Pin,
                Source = fields.By,
                DeviceId = fields.Device,
                Site = fields.Where,
                CapturedAt = fields.When,
                IdempotencyKey = fields.Key,
                Direction = sent.Direction,
            });
    }

    private static async Task<IResult> RecordAsync(
        HttpContext context, ICheckInService checkIn, FratProblem otherwise, PunchRequest request)
    {
        try
        {
            return await checkIn.PunchAsync(request, context.RequestAborted) is { } receipt
                ? JsonAnswer.Ok(PunchReceiptAnswer.Of(receipt), CheckInJson.Wire.PunchReceiptAnswer)
                : otherwise;
        }
        catch (ArgumentException wrong) when (Invalid(wrong) is { } field)
        {
            return field;
        }
        catch (PunchConflictException)
        {
            return PunchFields.KeyReused;
        }

        // The rules speak of the punch as a whole; all but the manager's time is looked at before.
        static FratProblem? Invalid(ArgumentException wrong) => wrong.ToInvalidField(
            ("capturedAt", PunchFields.CapturedAt), ("localTime", LocalTime), ("punch", LocalTime));
    }
}

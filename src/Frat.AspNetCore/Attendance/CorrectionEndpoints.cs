namespace Frat.AspNetCore;

/// <summary>A day with its punches, and what counts instead of a punch.</summary>
internal static class CorrectionEndpoints
{
    private const string Tag = "Attendance";
    private const int LastYear = 9990; // The days around it are looked at, too.
    private const string Corrections = "/punches/{punchId}/corrections";

    public static void MapCorrections(this IEndpointRouteBuilder api)
    {
        api.MapGet(PersonRoute.Path + "/days/{date}", FindDayAsync)
            .Is("findDay", Tag, FratPolicies.ReadAttendance)
            .WithSummary("Find a day of a person with what each punch counted as")
            .Produces<DayDetailAnswer>().ProducesValidationProblem().Fails(404, 500, 503);
        api.MapGet(Corrections, ListAsync)
            .Is("listCorrections", Tag, FratPolicies.ReadAttendance)
            .WithSummary("List the corrections of a punch, the earliest first")
            .Produces<IEnumerable<CorrectionAnswer>>().Fails(500, 503);
        api.MapPost(Corrections, CorrectAsync)
            .Is("correctPunch", Tag, FratPolicies.CorrectAttendance)
            .WithSummary("Correct a punch")
            .WithDescription(
                "The punch itself is kept as it is; of several corrections, the latest holds. The days that it touches are derived anew "
                    + "before the call returns. Codes: `invalidFields`, `invalidCorrection` (400), `punchNotFound` (404).")
            .Produces<CorrectionAnswer>(StatusCodes.Status201Created).ProducesValidationProblem().Fails(404, 415, 500, 503);
    }

    private static async Task<IResult> FindDayAsync(
        string employeeId, string date, HttpContext context, IPersonStore people, IAttendanceLog log)
    {
        if (QueryDates.Read(date) is not { } day || day < Punch.EarliestDate || day.Year > LastYear)
        {
            return InvalidFields.Of(("date", QueryDates.ErrorOf(date, null)));
        }

        return await people.FindAsync(context, employeeId) is { } person
            && await log.FindDayAsync(person.Id, day, context.RequestAborted) is { } detail
                ? JsonAnswer.Ok(DayDetailAnswer.Of(detail), AttendanceJson.Wire.DayDetailAnswer)
                : PersonRoute.NotFound;
    }

    private static async Task<IResult> ListAsync(Guid punchId, IAttendanceLog log, CancellationToken cancellationToken) => JsonAnswer.Ok(
        (await log.ListCorrectionsAsync(punchId, cancellationToken)).Select(CorrectionAnswer.Of),
        AttendanceJson.Wire.IEnumerableCorrectionAnswer);

    private static async Task<IResult> CorrectAsync(
        Guid punchId, JsonBody<CorrectionRequest> body, HttpContext context, IAttendanceLog log, TimeProvider time)
    {
        var request = body.Required;
        var localTime = LocalTimes.Read(request.LocalTime);
        var (note, wrongNote) = ChangeNotes.Read(context, request.By, request.Reason);
        var invalid = InvalidFields.Of(
            [
                ("localTime", request.IsVoid
                    ? request.LocalTime is null ? null : "Leave this out of a punch that never was."
                    : localTime is null ? "Write the time as YYYY-MM-DDTHH:MM:SS, or say that the punch is void." : null),
                ("direction", request.IsVoid && request.Direction is not null ? "Leave this out of a punch that never was." : null),
                .. wrongNote.Fields(),
                .. note.Reason is null ? [(ChangeNotes.Reason, (string?)"Say why.")] : Array.Empty<(string, string?)>(),
            ]);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        var correction = new PunchCorrection
        {
            Id = request.Id ?? Guid.CreateVersion7(),
            PunchId = punchId,
            LocalTime = localTime,
            Direction = request.Direction,
            By = note.By,
            Reason = note.Reason!,
            At = time.GetUtcNow(),
        };
        try
        {
            return await log.CorrectAsync(correction, context.RequestAborted)
                ? JsonAnswer.Created(
                    PersonRoute.Of(context.Request), CorrectionAnswer.Of(correction), AttendanceJson.Wire.CorrectionAnswer)
                : new FratProblem(StatusCodes.Status404NotFound, "punchNotFound", "There is no such punch.");
        }
        catch (ArgumentException wrong)
        {
            return new FratProblem(StatusCodes.Status400BadRequest, "invalidCorrection", wrong.Sentence());
        }
    }
}

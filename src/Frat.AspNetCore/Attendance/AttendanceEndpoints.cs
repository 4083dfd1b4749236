namespace Frat.AspNetCore;

internal static class AttendanceEndpoints
{
    private const int MaxDays = 366;

    public static void MapAttendance(this IEndpointRouteBuilder api) =>
        api.MapGet("/attendance", ReadAsync).AnswersAtLength()
            .Is("readAttendance", "Attendance", FratPolicies.ReadAttendance)
            .WithSummary("Read the attendance of a span of days")
            .WithDescription(
                $"The latest day first. Without dates it is today at the site; with one, that day. At most {MaxDays} days a call.")
            .WithMetadata(
                new QueryText("from", "The first date, as `YYYY-MM-DD`.", "date"),
                new QueryText("to", "The last date, included, as `YYYY-MM-DD`.", "date"),
                new QueryText("employeeId", "Only this person's days."))
            .Produces<AttendanceAnswer>()
            .ProducesValidationProblem()
            .Fails(404, 500, 503);

    private static async Task<IResult> ReadAsync(HttpContext context, IAttendanceLog log, IPeopleService people, CheckInService checkIn)
    {
        var query = context.Request.Query;
        var (fromText, toText) = (query["from"].ToString(), query["to"].ToString());
        var (from, to) = (QueryDates.Read(fromText), QueryDates.Read(toText));
        var invalid = InvalidFields.Of(("from", QueryDates.ErrorOf(fromText, from)), ("to", QueryDates.ErrorOf(toText, to)));
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        var (first, last) = (from ?? to ?? checkIn.Today, to ?? from ?? checkIn.Today);
        if (last < first || last.DayNumber - first.DayNumber >= MaxDays)
        {
            return InvalidFields.Of(
                ("to", last < first ? "The last date is before the first." : $"Ask for at most {MaxDays} days at once."));
        }

        Guid? personId = null;
        if (Person.Normalize(query["employeeId"]) is { Length: > 0 } employeeId)
        {
            if (await people.FindAsync(employeeId, context.RequestAborted) is not { } person)
            {
                return PersonRoute.NotFound;
            }

            personId = person.Id;
        }

        var days = log.ReadDaysAsync(first, last, personId, cancellationToken: context.RequestAborted).Select(DayAnswer.Of);
        return JsonAnswer.Ok(
            new AttendanceAnswer(first, last, await days.PrimeAsync(context.RequestAborted)), AttendanceJson.Wire.AttendanceAnswer);
    }
}

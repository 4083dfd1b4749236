namespace Frat.AspNetCore;

internal static class AttendanceEndpoints
{
    private const int MaxDays = 366;

    public static void MapAttendance(this IEndpointRouteBuilder api) =>
        api.MapGet("/attendance", ReadAsync).AnswersAtLength()
            .Is("readAttendance", "Attendance", FratPolicies.ReadAttendance)
            .WithSummary("Read the attendance of a span of days")
            .WithDescription(
                $"The latest day first. Without dates it is today at the site; with one, that day. At most {MaxDays} days a call. "
                    + "With `pageSize` or `after` a page, of each date by employee ID; the header `Link` says where the next one is. What "
                    + "is added meanwhile moves nothing from one page to another.")
            .WithMetadata(
                new QueryText("from", "The first date, as `YYYY-MM-DD`.", "date"),
                new QueryText("to", "The last date, included, as `YYYY-MM-DD`.", "date"),
                new QueryText("employeeId", "Only this person's days."),
                PageLinks.SizeParameter,
                PageLinks.AfterParameter)
            .Produces<AttendanceAnswer>()
            .ProducesValidationProblem()
            .Fails(404, 500, 503);

    private static async Task<IResult> ReadAsync(HttpContext context, IAttendanceLog log, IPeopleService people, SiteClock clock)
    {
        var query = context.Request.Query;
        var (fromText, toText) = (query["from"].ToString(), query["to"].ToString());
        var (from, to) = (QueryDates.Read(fromText), QueryDates.Read(toText));
        var (isPage, size) = (PageLinks.IsAsked(context.Request), PageLinks.ReadSize(context.Request));
        var (afterText, after) = (query[PageLinks.After].ToString(), DayPlaces.Read(query[PageLinks.After].ToString()));
        var invalid = InvalidFields.Of(
            ("from", QueryDates.ErrorOf(fromText, from)),
            ("to", QueryDates.ErrorOf(toText, to)),
            (PageLinks.Size, size is null ? PageLinks.SizeError : null),
            (PageLinks.After, afterText.Length > 0 && after is null ? PageLinks.AfterError : null));
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        var (first, last) = (from ?? to ?? clock.Today, to ?? from ?? clock.Today);
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

        if (isPage)
        {
            var dayQuery = new DayQuery
            {
                FirstDate = first, LastDate = last, PersonId = personId, After = after, Take = size!.Value + 1,
            };
            var page = PageLinks.Cut(
                context,
                await log.ListDaysAsync(dayQuery, context.RequestAborted),
                size.Value,
                DayPlaces.Text,
                ("from", QueryDates.Text(first)),
                ("to", QueryDates.Text(last)));
            return JsonAnswer.Ok(
                new AttendanceAnswer(first, last, page.Select(DayAnswer.Of).ToAsyncEnumerable()), AttendanceJson.Wire.AttendanceAnswer);
        }

        var days = log.ReadDaysAsync(first, last, personId, cancellationToken: context.RequestAborted).Select(DayAnswer.Of);
        return JsonAnswer.Ok(
            new AttendanceAnswer(first, last, await days.PrimeAsync(context.RequestAborted)), AttendanceJson.Wire.AttendanceAnswer);
    }
}

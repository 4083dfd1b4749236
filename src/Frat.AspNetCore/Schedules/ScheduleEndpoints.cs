namespace Frat.AspNetCore;

/// <summary>Schedules, the default one, and calendars.</summary>
internal static class ScheduleEndpoints
{
    private const string Tag = "Schedules";

    public static void MapSchedules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/schedules", ListAsync)
            .Is("listSchedules", Tag, FratPolicies.ReadAttendance)
            .WithSummary("List all schedules")
            .Produces<IEnumerable<ScheduleAnswer>>().Fails(500, 503);
        api.MapPut("/schedules/{scheduleId}", SaveAsync)
            .Is("saveSchedule", Tag, FratPolicies.ManageSchedules)
            .WithSummary("Keep a schedule, in place of the one with the same id")
            .WithDescription(
                "Past days are judged by it, too: to change from a date on, keep another one and assign it from there. Codes: "
                    + "`invalidFields`, `invalidSchedule` (400), `scheduleConflict` (409): the name is taken.")
            .Produces<ScheduleAnswer>().ProducesValidationProblem().Fails(409, 415, 500, 503);
        api.MapDelete("/schedules/{scheduleId}", DeleteAsync)
            .Is("deleteSchedule", Tag, FratPolicies.ManageSchedules)
            .WithSummary("Delete a schedule that nobody works by")
            .WithMetadata([.. ScheduleChanges.Note])
            .Produces(StatusCodes.Status204NoContent).ProducesValidationProblem().Fails(404, 409, 500, 503);
        api.MapGet("/schedules/default", ListDefaultsAsync)
            .Is("listDefaultSchedules", Tag, FratPolicies.ReadAttendance)
            .WithSummary("List which schedule was the default from when on")
            .Produces<IEnumerable<DefaultScheduleAnswer>>().Fails(500, 503);
        api.MapPut("/schedules/default", SetDefaultAsync)
            .Is("setDefaultSchedule", Tag, FratPolicies.ManageSchedules)
            .WithSummary("Set the schedule for everybody who has none assigned")
            .WithDescription("From a date on, until further notice; what was to hold later is replaced.")
            .Produces(StatusCodes.Status204NoContent).ProducesValidationProblem().Fails(415, 500, 503);
        api.MapGet("/calendars", ListCalendarsAsync)
            .Is("listCalendars", Tag, FratPolicies.ReadAttendance)
            .WithSummary("List all calendars with their holidays")
            .Produces<IEnumerable<CalendarAnswer>>().Fails(500, 503);
        api.MapPut("/calendars/{calendarId}", SaveCalendarAsync)
            .Is("saveCalendar", Tag, FratPolicies.ManageSchedules)
            .WithSummary("Keep a calendar, in place of the one with the same id")
            .WithDescription("With all of its holidays.")
            .Produces<CalendarAnswer>().ProducesValidationProblem().Fails(409, 415, 500, 503);
        api.MapDelete("/calendars/{calendarId}", DeleteCalendarAsync)
            .Is("deleteCalendar", Tag, FratPolicies.ManageSchedules)
            .WithSummary("Delete a calendar that no schedule names")
            .WithMetadata([.. ScheduleChanges.Note])
            .Produces(StatusCodes.Status204NoContent).ProducesValidationProblem().Fails(404, 409, 500, 503);
    }

    private static async Task<IResult> ListAsync(IScheduleStore store, CancellationToken cancellationToken) => JsonAnswer.Ok(
        (await store.ListSchedulesAsync(cancellationToken)).Select(ScheduleAnswer.Of), ScheduleJson.Wire.IEnumerableScheduleAnswer);

    private static Task<IResult> SaveAsync(
        Guid scheduleId, JsonBody<ScheduleRequest> body, HttpContext context, IScheduleStore store)
    {
        var request = body.Required;
        return ScheduleChanges.MakeAsync(
            context,
            request.By,
            request.Reason,
            async note =>
            {
                var schedule = request.ToSchedule(scheduleId);
                await store.SaveScheduleAsync(schedule, note, context.RequestAborted);
                return JsonAnswer.Ok(ScheduleAnswer.Of(schedule), ScheduleJson.Wire.ScheduleAnswer);
            },
            ("name", ScheduleChanges.Missing(request.Name?.Trim())),
            ("timeZone", ScheduleChanges.Missing(request.TimeZone?.Trim())),
            ("start", request.Pattern is { Count: > 0 } ? null : ScheduleChanges.Missing(request.Start)),
            ("end", request.Pattern is { Count: > 0 } ? null : ScheduleChanges.Missing(request.End)),
            ("pattern", request.Pattern?.Contains(null!) == true ? "Each has a day, a start and an end." : null));
    }

    private static Task<IResult> DeleteAsync(Guid scheduleId, HttpContext context, IScheduleStore store) =>
        ScheduleChanges.DeleteAsync(context, "schedule", note => store.DeleteScheduleAsync(scheduleId, note, context.RequestAborted));

    private static async Task<IResult> ListDefaultsAsync(IScheduleStore store, CancellationToken cancellationToken) => JsonAnswer.Ok(
        (await store.ListDefaultSchedulesAsync(cancellationToken)).Select(one => new DefaultScheduleAnswer(one.From, one.ScheduleId)),
        ScheduleJson.Wire.IEnumerableDefaultScheduleAnswer);

    private static Task<IResult> SetDefaultAsync(JsonBody<DefaultScheduleRequest> body, HttpContext context, IScheduleStore store)
    {
        var request = body.Required;
        return ScheduleChanges.MakeAsync(
            context,
            request.By,
            request.Reason,
            async note =>
            {
                await store.SetDefaultScheduleAsync(request.ScheduleId, request.From!.Value, note, context.RequestAborted);
                return TypedResults.NoContent();
            },
            ("from", ScheduleChanges.Missing(request.From)));
    }

    private static async Task<IResult> ListCalendarsAsync(IScheduleStore store, CancellationToken cancellationToken) => JsonAnswer.Ok(
        (await store.ListCalendarsAsync(cancellationToken)).Select(CalendarAnswer.Of), ScheduleJson.Wire.IEnumerableCalendarAnswer);

    private static Task<IResult> SaveCalendarAsync(
        Guid calendarId, JsonBody<CalendarRequest> body, HttpContext context, IScheduleStore store)
    {
        var request = body.Required;
        return ScheduleChanges.MakeAsync(
            context,
            request.By,
            request.Reason,
            async note =>
            {
                var calendar = new HolidayCalendar
                {
                    Id = calendarId,
                    Name = request.Name!.Trim(),
                    Holidays = [.. request.Holidays!.Select(holiday => new Holiday
                    {
                        Date = holiday.Date,
                        Name = holiday.Name.Trim(),
                        Part = holiday.Part,
                    })],
                };
                await store.SaveCalendarAsync(calendar, note, context.RequestAborted);
                return JsonAnswer.Ok(CalendarAnswer.Of(calendar), ScheduleJson.Wire.CalendarAnswer);
            },
            ("name", ScheduleChanges.Missing(request.Name?.Trim())),
            ("holidays", request.Holidays?.All(holiday => !string.IsNullOrWhiteSpace(holiday?.Name)) == true
                ? null
                : "Name each holiday, or send none."));
    }

    private static Task<IResult> DeleteCalendarAsync(Guid calendarId, HttpContext context, IScheduleStore store) =>
        ScheduleChanges.DeleteAsync(context, "calendar", note => store.DeleteCalendarAsync(calendarId, note, context.RequestAborted));
}

namespace Frat.AspNetCore;

/// <summary>By which schedule a person works, and when not at all.</summary>
internal static class AssignmentEndpoints
{
    private const string Tag = "Schedules";

    public static void MapAssignments(this IEndpointRouteBuilder api)
    {
        api.MapGet(PersonRoute.Path + "/assignments", ListAsync)
            .Is("listAssignments", Tag, FratPolicies.ReadAttendance)
            .WithSummary("List by which schedules a person works")
            .Produces<IEnumerable<AssignmentAnswer>>().Fails(404, 500, 503);
        api.MapPut(PersonRoute.Path + "/assignments/{assignmentId}", SaveAsync)
            .Is("saveAssignment", Tag, FratPolicies.ManageSchedules)
            .WithSummary("Assign a schedule to a person, or end an assignment")
            .WithDescription(
                "In place of the assignment with the same id. Codes: `invalidFields`, `invalidSchedule` (400), `scheduleConflict` (409): "
                    + "it overlaps another one of the person.")
            .Produces<AssignmentAnswer>().ProducesValidationProblem().Fails(404, 409, 415, 500, 503);
        api.MapDelete(PersonRoute.Path + "/assignments/{assignmentId}", DeleteAsync)
            .Is("deleteAssignment", Tag, FratPolicies.ManageSchedules)
            .WithSummary("Delete an assignment as if it had never been")
            .WithMetadata([.. ScheduleChanges.Note])
            .Produces(StatusCodes.Status204NoContent).ProducesValidationProblem().Fails(404, 500, 503);
        api.MapGet(PersonRoute.Path + "/leaves", ListLeavesAsync)
            .Is("listLeaves", Tag, FratPolicies.ReadAttendance)
            .WithSummary("List a person's leaves")
            .WithMetadata(
                new QueryText("from", "The first date, as `YYYY-MM-DD`.", "date"),
                new QueryText("to", "The last date, included, as `YYYY-MM-DD`.", "date"))
            .Produces<IEnumerable<LeaveAnswer>>().ProducesValidationProblem().Fails(404, 500, 503);
        api.MapPut(PersonRoute.Path + "/leaves/{leaveId}", SaveLeaveAsync)
            .Is("saveLeave", Tag, FratPolicies.ManageSchedules)
            .WithSummary("Keep a leave of a person, in place of the one with the same id")
            .Produces<LeaveAnswer>().ProducesValidationProblem().Fails(404, 415, 500, 503);
        api.MapDelete(PersonRoute.Path + "/leaves/{leaveId}", DeleteLeaveAsync)
            .Is("deleteLeave", Tag, FratPolicies.ManageSchedules)
            .WithSummary("Delete a leave as if it had never been")
            .WithMetadata([.. ScheduleChanges.Note])
            .Produces(StatusCodes.Status204NoContent).ProducesValidationProblem().Fails(404, 500, 503);
    }

    private static async Task<IResult> ListAsync(string employeeId, HttpContext context, IPersonStore people, IScheduleStore store) =>
        await people.FindAsync(context, employeeId) is { } person
            ? JsonAnswer.Ok(
                await store.ReadAssignmentsAsync(person.Id, context.RequestAborted)
                    .Select(Answer)
                    .PrimeAsync(context.RequestAborted),
                ScheduleJson.Wire.IAsyncEnumerableAssignmentAnswer)
            : PersonRoute.NotFound;

    private static Task<IResult> SaveAsync(
        string employeeId,
        Guid assignmentId,
        JsonBody<AssignmentRequest> body,
        HttpContext context,
        IPersonStore people,
        IScheduleStore store)
    {
        var request = body.Required;
        return ScheduleChanges.MakeAsync(
            context,
            request.By,
            request.Reason,
            async note =>
            {
                if (await people.FindAsync(context, employeeId) is not { } person)
                {
                    return PersonRoute.NotFound;
                }

                var assignment = new ScheduleAssignment
                {
                    Id = assignmentId,
                    PersonId = person.Id,
                    ScheduleId = request.ScheduleId!.Value,
                    From = request.From!.Value,
                    To = request.To,
                    HolidayCalendarId = request.HolidayCalendarId,
                };
                return await store.SaveAssignmentAsync(assignment, note, context.RequestAborted)
                    ? JsonAnswer.Ok(Answer(assignment), ScheduleJson.Wire.AssignmentAnswer)
                    : PersonRoute.NotFound;
            },
            ("scheduleId", ScheduleChanges.Missing(request.ScheduleId)),
            ("from", ScheduleChanges.Missing(request.From)));
    }

    // Of the person in the address: anyone who may change one person's may not change another's by a wrong address.
    private static Task<IResult> DeleteAsync(
        string employeeId, Guid assignmentId, HttpContext context, IPersonStore people, IScheduleStore store) =>
        ScheduleChanges.DeleteAsync(context, "assignment", async note =>
            await people.FindAsync(context, employeeId) is { } person
            && await store.ReadAssignmentsAsync(person.Id, context.RequestAborted).AnyAsync(one => one.Id == assignmentId)
            && await store.DeleteAssignmentAsync(assignmentId, note, context.RequestAborted));

    private static async Task<IResult> ListLeavesAsync(
        string employeeId, HttpContext context, IPersonStore people, IScheduleStore store)
    {
        var (fromText, toText) = (context.Request.Query["from"].ToString(), context.Request.Query["to"].ToString());
        var (from, to) = (QueryDates.Read(fromText), QueryDates.Read(toText));
        var invalid = InvalidFields.Of(("from", QueryDates.ErrorOf(fromText, from)), ("to", QueryDates.ErrorOf(toText, to)));
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        return await people.FindAsync(context, employeeId) is { } person
            ? JsonAnswer.Ok(
                await store.ReadLeavesAsync(from ?? DateOnly.MinValue, to ?? DateOnly.MaxValue, person.Id, context.RequestAborted)
                    .Select(Answer)
                    .PrimeAsync(context.RequestAborted),
                ScheduleJson.Wire.IAsyncEnumerableLeaveAnswer)
            : PersonRoute.NotFound;
    }

    private static Task<IResult> SaveLeaveAsync(
        string employeeId, Guid leaveId, JsonBody<LeaveRequest> body, HttpContext context, IPersonStore people, IScheduleStore store)
    {
        var request = body.Required;
        return ScheduleChanges.MakeAsync(
            context,
            request.By,
            request.Reason,
            async note =>
            {
                if (await people.FindAsync(context, employeeId) is not { } person)
                {
                    return PersonRoute.NotFound;
                }

                var leave = new Leave
                {
                    Id = leaveId,
                    PersonId = person.Id,
                    From = request.From!.Value,
                    To = request.To!.Value,
                    Part = request.Part,
                    Kind = request.Kind,
                    Start = request.Start,
                    End = request.End,
                    Note = request.Note?.Trim() is { Length: > 0 } text ? text : null,
                };
                return await store.SaveLeaveAsync(leave, note, context.RequestAborted)
                    ? JsonAnswer.Ok(Answer(leave), ScheduleJson.Wire.LeaveAnswer)
                    : PersonRoute.NotFound;
            },
            ("from", ScheduleChanges.Missing(request.From)),
            ("to", ScheduleChanges.Missing(request.To)));
    }

    private static Task<IResult> DeleteLeaveAsync(
        string employeeId, Guid leaveId, HttpContext context, IPersonStore people, IScheduleStore store) =>
        ScheduleChanges.DeleteAsync(context, "leave", async note =>
            await people.FindAsync(context, employeeId) is { } person
            && await store.ReadLeavesAsync(DateOnly.MinValue, DateOnly.MaxValue, person.Id, context.RequestAborted)
                .AnyAsync(one => one.Id == leaveId)
            && await store.DeleteLeaveAsync(leaveId, note, context.RequestAborted));

    private static AssignmentAnswer Answer(ScheduleAssignment one) =>
        new(one.Id, one.ScheduleId, one.From, one.To, one.HolidayCalendarId);

    private static LeaveAnswer Answer(Leave leave) =>
        new(leave.Id, leave.From, leave.To, leave.Part, leave.Kind, leave.Start, leave.End, leave.Note);
}

namespace Frat.AspNetCore;

/// <summary>Makes changes of schedules, and says in the caller's words why one can't be made.</summary>
internal static class ScheduleChanges
{
    public static readonly QueryText[] Note =
    [
        new(ChangeNotes.By, "Who does it, for the audit trail."),
        new(ChangeNotes.Reason, "Why, for the audit trail."),
    ];

    /// <summary>Reads the note, and makes a change whose fields were looked at.</summary>
    /// <param name="context">The request.</param>
    /// <param name="by">Who, as the caller says.</param>
    /// <param name="reason">Why.</param>
    /// <param name="change">Makes it.</param>
    /// <param name="fields">What is wrong with each field.</param>
    public static async Task<IResult> MakeAsync(
        HttpContext context,
        string? by,
        string? reason,
        Func<AuditNote, Task<IResult>> change,
        params (string Field, string? Error)[] fields)
    {
        var (note, wrongNote) = ChangeNotes.Read(context, by, reason);
        var invalid = InvalidFields.Of([.. fields, .. wrongNote.Fields()]);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        try
        {
            return await change(note);
        }
        catch (ScheduleConflictException conflict)
        {
            return new FratProblem(StatusCodes.Status409Conflict, "scheduleConflict", conflict.Message);
        }
        catch (ArgumentException wrong)
        {
            // Of the contract's: what the values of a schedule may be together, the engine says.
            return new FratProblem(StatusCodes.Status400BadRequest, "invalidSchedule", wrong.Message.Split(" (Parameter '")[0]);
        }
    }

    /// <summary>The same of a deletion, whose note is in the query.</summary>
    public static Task<IResult> DeleteAsync(HttpContext context, string what, Func<AuditNote, Task<bool>> delete) => MakeAsync(
        context,
        context.Request.Query[ChangeNotes.By],
        context.Request.Query[ChangeNotes.Reason],
        async note => await delete(note) ? TypedResults.NoContent() : NotFound(what));

    public static FratProblem NotFound(string what) =>
        new(StatusCodes.Status404NotFound, $"{what}NotFound", $"There is no such {what}.");

    public static string? Missing(object? value) => value is null or "" ? "Say this." : null;
}

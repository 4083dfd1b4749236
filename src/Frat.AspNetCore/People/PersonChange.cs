using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace Frat.AspNetCore;

[Description("What is to be changed of a person; what is left out stays.")]
internal sealed record PersonChangeRequest(
    [property: Description("The name.")]
    string? Name = null,
    [property: Description("The employer's ID of the person; unique.")]
    string? EmployeeId = null,
    [property: Description("The first working day, as `YYYY-MM-DD`: nobody is missed before it. An empty text takes it away.")]
    string? FirstDay = null,
    [property: Description("The last working day, as `YYYY-MM-DD`: nobody is missed after it. An empty text takes it away.")]
    string? LastDay = null,
    [property: Description("Who changes it, for the audit trail.")]
    string? By = null,
    [property: Description("Why, for the audit trail.")]
    string? Reason = null) : IJsonRequest<PersonChangeRequest>
{
    public static JsonTypeInfo<PersonChangeRequest> Json => PeopleJson.Wire.PersonChangeRequest;

    public static bool IsOptional => false;
}

/// <summary>Another name, another employee ID, other working days.</summary>
internal static class PersonChange
{
    public static void MapPersonChange(this IEndpointRouteBuilder api) =>
        api.MapPatch(PersonRoute.Path, ChangeAsync)
            .Is("changePerson", "People", FratPolicies.ManagePeople)
            .WithSummary("Give a person another name, employee ID or working days")
            .WithDescription(
                "Templates and attendance stay. The ID is changed first: when it is taken (`employeeIdTaken`, 409), so is nothing else.")
            .Produces<PersonAnswer>()
            .ProducesValidationProblem()
            .Fails(404, 409, 415, 500, 503);

    private static async Task<IResult> ChangeAsync(
        string employeeId, JsonBody<PersonChangeRequest> body, HttpContext context, IPersonStore store, IPeopleService people)
    {
        var request = body.Required;
        var (note, wrongNote) = ChangeNotes.Read(context, request.By, request.Reason);
        var invalid = InvalidFields.Of(
            [
                ("name", request.Name is not null ? PersonTexts.NameError(request.Name)
                    : request is { EmployeeId: null, FirstDay: null, LastDay: null } ? "Say what is to be changed."
                    : null),
                ("employeeId", request.EmployeeId is null ? null : PersonTexts.EmployeeIdError(request.EmployeeId)),
                ("firstDay", QueryDates.ErrorOf(request.FirstDay ?? "", QueryDates.Read(request.FirstDay ?? ""))),
                ("lastDay", QueryDates.ErrorOf(request.LastDay ?? "", QueryDates.Read(request.LastDay ?? ""))),
                .. wrongNote.Fields(),
            ]);
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        if (await store.FindAsync(context, employeeId) is not { } person)
        {
            return PersonRoute.NotFound;
        }

        var (first, last) = (Read(request.FirstDay, person.FirstDay), Read(request.LastDay, person.LastDay));
        if (last < first)
        {
            return InvalidFields.Of(("lastDay", "The last working day is before the first."));
        }

        if (request.EmployeeId is { } other)
        {
            var change = await people.ChangeEmployeeIdAsync(person.Id, Person.Normalize(other), note, context.RequestAborted);
            if (change == EmployeeIdChange.Taken)
            {
                return new FratProblem(StatusCodes.Status409Conflict, "employeeIdTaken", "This employee ID is taken already.");
            }
        }

        if (request.Name is { } name)
        {
            await people.RenameAsync(person.Id, Person.Normalize(name), note, context.RequestAborted);
        }

        if ((first, last) != (person.FirstDay, person.LastDay))
        {
            await people.SetWorkingDaysAsync(person.Id, first, last, note, context.RequestAborted);
        }

        return await store.FindAsync(person.Id, context.RequestAborted) is { } now
            ? JsonAnswer.Ok(PersonAnswer.Of(now), PeopleJson.Wire.PersonAnswer)
            : PersonRoute.NotFound;

        static DateOnly? Read(string? text, DateOnly? now) => text is null ? now : QueryDates.Read(text);
    }
}

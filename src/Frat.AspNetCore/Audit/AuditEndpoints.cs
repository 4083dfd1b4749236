namespace Frat.AspNetCore;

/// <summary>Who did what, when and why.</summary>
internal static class AuditEndpoints
{
    private const string Subject = "person";
    private const string From = "from";
    private const string Until = "until";

    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit", ReadAsync).AnswersAtLength()
            .Is("readAudit", "Audit", FratPolicies.ReadAudit)
            .WithSummary("Read the audit trail")
            .WithDescription(
                "In the order in which it was written. Rows stream, however many there are; an answer that breaks off is not whole.")
            .WithMetadata(
                new QueryText(Subject, "Only what is about this person: the employee ID or, of somebody who was forgotten, the pseudonym."),
                new QueryText(From, "The first moment, such as `2026-11-01T00:00:00Z`.", "date-time"),
                new QueryText(Until, "The moment before which to end.", "date-time"))
            .Produces<IEnumerable<AuditAnswer>>()
            .ProducesValidationProblem()
            .Fails(404, 500, 503);

    private static async Task<IResult> ReadAsync(HttpContext context, IAuditTrail audit, IPeopleService people)
    {
        var query = context.Request.Query;
        var (fromText, untilText) = (query[From].ToString(), query[Until].ToString());
        var (from, until) = (Instants.Read(fromText), Instants.Read(untilText));
        var invalid = InvalidFields.Of((From, ErrorOf(fromText, from)), (Until, ErrorOf(untilText, until)));
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        Guid? personId = null;
        if (Person.Normalize(query[Subject]) is { Length: > 0 } subject)
        {
            var person = await people.FindAsync(subject, context.RequestAborted);
            personId = person?.Id ?? (Guid.TryParse(subject, out var pseudonym) ? pseudonym : null);
            if (personId is null)
            {
                return PersonRoute.NotFound;
            }
        }

        var entries = audit.ReadAsync(from, until, personId, context.RequestAborted).Select(AuditAnswer.Of);
        return JsonAnswer.Ok(
            await entries.PrimeAsync(context.RequestAborted), AuditJson.Wire.IAsyncEnumerableAuditAnswer);
    }

    private static string? ErrorOf(string text, DateTimeOffset? instant) =>
        text.Length > 0 && instant is null ? "Write the moment as YYYY-MM-DDTHH:MM:SSZ." : null;
}

using System.Globalization;

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
                "In the order in which it was written. Rows stream, however many there are; an answer that breaks off is not whole. With "
                    + "`pageSize` or `after` a page; the header `Link` says where the next one is.")
            .WithMetadata(
                new QueryText(Subject, "Only what is about this person: the employee ID or, of somebody who was forgotten, the pseudonym."),
                new QueryText(From, "The first moment, such as `2026-11-01T00:00:00Z`.", "date-time"),
                new QueryText(Until, "The moment before which to end.", "date-time"),
                PageLinks.SizeParameter,
                PageLinks.AfterParameter)
            .Produces<IEnumerable<AuditAnswer>>()
            .ProducesValidationProblem()
            .Fails(404, 500, 503);

    private static async Task<IResult> ReadAsync(HttpContext context, IAuditTrail audit, IPeopleService people)
    {
        var query = context.Request.Query;
        var (fromText, untilText) = (query[From].ToString(), query[Until].ToString());
        var (from, until) = (Instants.Read(fromText), Instants.Read(untilText));
        var (isPage, size) = (PageLinks.IsAsked(context.Request), PageLinks.ReadSize(context.Request));
        var after = ReadSequence(query[PageLinks.After].ToString());
        var invalid = InvalidFields.Of(
            (From, ErrorOf(fromText, from)),
            (Until, ErrorOf(untilText, until)),
            (PageLinks.Size, size is null ? PageLinks.SizeError : null),
            (PageLinks.After, after is null ? PageLinks.AfterError : null));
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

        if (isPage)
        {
            var page = new AuditQuery
            {
                From = from, Until = until, PersonId = personId, AfterSequence = after!.Value, Take = size!.Value + 1,
            };
            var listed = PageLinks.Cut(
                context,
                await audit.ListAsync(page, context.RequestAborted),
                size.Value,
                entry => entry.Sequence.ToString(CultureInfo.InvariantCulture));
            return JsonAnswer.Ok(listed.Select(AuditAnswer.Of), AuditJson.Wire.IEnumerableAuditAnswer);
        }

        var entries = audit.ReadAsync(from, until, personId, context.RequestAborted).Select(AuditAnswer.Of);
        return JsonAnswer.Ok(
            await entries.PrimeAsync(context.RequestAborted), AuditJson.Wire.IAsyncEnumerableAuditAnswer);
    }

    private static long? ReadSequence(string text) =>
        text.Length == 0 ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence
        : null;

    private static string? ErrorOf(string text, DateTimeOffset? instant) =>
        text.Length > 0 && instant is null ? "Write the moment as YYYY-MM-DDTHH:MM:SSZ." : null;
}

using System.Globalization;

namespace Frat.AspNetCore;

/// <summary>The list of people: all of them as a stream, or those who match, in pages.</summary>
internal static class PeopleList
{
    private const string Text = "text";
    private const string Active = "active";
    private const string Page = "page";

    public static void MapPeopleList(this IEndpointRouteBuilder api) =>
        api.MapGet("/people", ListAsync).AnswersAtLength()
            .Is("listPeople", "People", FratPolicies.ReadPeople)
            .WithSummary("List who is registered")
            .WithDescription(
                "Ordered by employee ID. Without parameters everybody, as a stream. With any of them a page: the header `X-Total-Count` "
                    + "says how many match on all pages, and `Link` where the next and the previous page are.")
            .WithMetadata(
                new QueryText(Text, "Only people with this in the name or employee ID; case and accents make no difference."),
                new QueryText(Active, "`true` or `false`: only people who are active, or are not."),
                new QueryText(Page, "Which page, from 1; 1 when left out."),
                new QueryText(
                    PageLinks.Size, $"How many people a page has, 1 to {PersonQuery.MaxTake}; {PageLinks.DefaultSize} when left out."))
            .Produces<IEnumerable<PersonAnswer>>()
            .ProducesValidationProblem()
            .Fails(500, 503);

    private static async Task<IResult> ListAsync(HttpContext context, IPersonStore people)
    {
        var sent = context.Request.Query;
        if (!((string[])[Text, Active, Page, PageLinks.Size]).Any(sent.ContainsKey))
        {
            return JsonAnswer.Ok(
                await people.ReadAsync(context.RequestAborted).Select(PersonAnswer.Of).PrimeAsync(context.RequestAborted),
                PeopleJson.Wire.IAsyncEnumerablePersonAnswer);
        }

        var text = Person.Normalize(sent[Text]);
        var (page, size) = (
            PageLinks.ReadNumber(sent[Page], 1, 1_000_000),
            PageLinks.ReadNumber(sent[PageLinks.Size], PageLinks.DefaultSize, PersonQuery.MaxTake));
        var invalid = InvalidFields.Of(
            (Text, text.Length > Person.MaxNameLength ? $"Look for at most {Person.MaxNameLength} characters." : null),
            (Active, sent[Active].ToString() is "" or "true" or "false" ? null : "Write true or false."),
            (Page, page is null ? "Write the number of a page, from 1." : null),
            (PageLinks.Size, size is null ? $"Write a number from 1 to {PersonQuery.MaxTake}." : null));
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        var query = new PersonQuery
        {
            Text = text,
            IsActive = bool.TryParse(sent[Active], out var active) ? active : null,
            Skip = (int)Math.Min((page!.Value - 1L) * size!.Value, int.MaxValue),
            Take = size.Value,
        };
        var found = await people.ListAsync(query, context.RequestAborted);
        context.Response.Headers["X-Total-Count"] = found.TotalCount.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.Link = (string[])
        [
            .. query.Skip + (long)query.Take < found.TotalCount ? [Link(page.Value + 1, "next")] : Array.Empty<string>(),
            .. page > 1 ? [Link(page.Value - 1, "prev")] : Array.Empty<string>(),
        ];
        return JsonAnswer.Ok(found.People.Select(PersonAnswer.Of), PeopleJson.Wire.IEnumerablePersonAnswer);

        string Link(int to, string relation) =>
            PageLinks.Of(context.Request, relation, (Page, to.ToString(CultureInfo.InvariantCulture)));
    }
}

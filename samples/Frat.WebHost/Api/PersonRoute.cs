using Microsoft.AspNetCore.Http.Features;

namespace Frat.WebHost;

/// <summary>The person whom an address names by employee ID.</summary>
internal static class PersonRoute
{
    public const string Path = "/people/{employeeId}";

    private const string Before = ApiRoutes.Prefix + "/people/";

    /// <summary>The answer where there is no such person.</summary>
    public static FailureResult NotFound { get; } = new(new Failure(StatusCodes.Status404NotFound, "personNotFound", "Nobody has this employee ID."));

    /// <summary>The address of a person.</summary>
    public static string Of(Person person) => Before + Uri.EscapeDataString(person.EmployeeId);

    /// <summary>Finds the person; null when there is none.</summary>
    /// <param name="store">Where people are.</param>
    /// <param name="context">The request.</param>
    /// <param name="employeeId">The ID as the route has it.</param>
    public static async Task<Person?> FindAsync(this IEncodingStore store, HttpContext context, string employeeId)
    {
        var id = Person.Normalize(Segment(context) ?? employeeId);
        return id.Length is 0 or > Person.MaxEmployeeIdLength ? null : await store.FindAsync(id, context.RequestAborted);
    }

    // The server leaves %2F in a path as it is, because a slash separates; an employee ID may have one.
    private static string? Segment(HttpContext context)
    {
        var path = context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? "";
        var at = path.IndexOf(Before, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : Uri.UnescapeDataString(path[(at + Before.Length)..].Split('/')[0]);
    }
}

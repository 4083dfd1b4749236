namespace Frat.AspNetCore;

/// <summary>The person whom an address names by employee ID.</summary>
internal static class PersonRoute
{
    public const string Path = $"/people/{{{Parameter}}}";

    private const string Parameter = "employeeId";

    /// <summary>The answer where there is no such person.</summary>
    public static FratProblem NotFound { get; } = new(
        StatusCodes.Status404NotFound, "personNotFound", "Nobody has this employee ID.");

    /// <summary>The address of a person, below that of the request, which has all that stands before it in this application.</summary>
    public static string Below(HttpRequest people, Person person) => $"{Of(people)}/{Uri.EscapeDataString(person.EmployeeId)}";

    /// <summary>The address of a request.</summary>
    public static string Of(HttpRequest request) => RequestTarget.AddressOf(request);

    /// <summary>The address that differs from that of a request by its last part.</summary>
    public static string Sibling(HttpRequest request, string last)
    {
        var here = Of(request);
        return here[..(here.LastIndexOf('/') + 1)] + last;
    }

    /// <summary>
    /// Whether an ID can stand in the address of a person: not <c>..</c> or <c>a//b</c>, which proxies and browsers take for something
    /// else.
    /// </summary>
    public static bool CanHold(string employeeId) => RequestTarget.IsClear("/" + Uri.EscapeDataString(employeeId));

    /// <summary>Finds the person; null when there is none.</summary>
    /// <param name="people">Where people are.</param>
    /// <param name="context">The request.</param>
    /// <param name="employeeId">The ID as the route has it.</param>
    public static async Task<Person?> FindAsync(this IPersonStore people, HttpContext context, string employeeId)
    {
        var id = Person.Normalize(RequestTarget.Parameter(context, Parameter, employeeId));
        return id.Length is 0 or > Person.MaxEmployeeIdLength ? null : await people.FindAsync(id, context.RequestAborted);
    }
}

namespace Frat.WebHost;

/// <summary>The person whom an address names by employee ID.</summary>
internal static class PersonRoute
{
    public const string Path = $"/people/{{{Parameter}}}";

    private const string Parameter = "employeeId";
    private const string Before = ApiRoutes.Prefix + "/people/";

    /// <summary>The answer where there is no such person.</summary>
    public static FailureResult NotFound { get; } = new(
        new Failure(StatusCodes.Status404NotFound, "personNotFound", "Nobody has this employee ID."));

    /// <summary>The address of a person.</summary>
    public static string Of(Person person) => Before + Uri.EscapeDataString(person.EmployeeId);

    /// <summary>
    /// Whether an ID can stand in the address of a person: not <c>..</c> or <c>a//b</c>, which proxies and browsers take for something
    /// else.
    /// </summary>
    public static bool CanHold(string employeeId) => RequestTarget.IsClear(Before + Uri.EscapeDataString(employeeId));

    /// <summary>Finds the person; null when there is none.</summary>
    /// <param name="store">Where people are.</param>
    /// <param name="context">The request.</param>
    /// <param name="employeeId">The ID as the route has it.</param>
    public static async Task<Person?> FindAsync(this IEncodingStore store, HttpContext context, string employeeId)
    {
        var id = Person.Normalize(RequestTarget.Parameter(context, Parameter, employeeId));
        return id.Length is 0 or > Person.MaxEmployeeIdLength ? null : await store.FindAsync(id, context.RequestAborted);
    }
}

namespace Frat.AspNetCore;

/// <summary>
/// For calls of an application's own about a person, such as one that sets what it keeps beside FRAT: they read addresses and notes as
/// FRAT's calls do, and refuse in the same words. Stateless; safe to call from any thread.
/// </summary>
public static class FratCalls
{
    /// <summary>The answer where nobody has the employee ID of the address: 404, <c>personNotFound</c>.</summary>
    public static FratProblem PersonNotFound => PersonRoute.NotFound;

    /// <summary>Finds the person whom the address names by employee ID, also where the ID has a slash in it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="employeeId">The value of the route's parameter <c>{employeeId}</c>.</param>
    /// <returns>The person; null where nobody has this ID.</returns>
    /// <exception cref="StoreException">The store fails.</exception>
    public static Task<Person?> FindPersonAsync(HttpContext context, string employeeId)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(employeeId);
        return context.RequestServices.GetRequiredService<IPersonStore>().FindAsync(context, employeeId);
    }

    /// <summary>Reads who makes a change and why, by <see cref="FratEndpointOptions"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="by">Who the caller says it is; null or empty for nobody.</param>
    /// <param name="reason">Why, as the caller says; null or empty for no reason.</param>
    /// <returns>The note, and what is wrong with it (400, <c>invalidFields</c>); null when nothing is.</returns>
    /// <exception cref="InvalidOperationException"><see cref="FratEndpointOptions.Actor"/> gave an actor that can't be kept.</exception>
    public static (AuditNote Note, FratProblem? Invalid) ReadNote(HttpContext context, string? by, string? reason)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (note, invalid) = ChangeNotes.Read(context, by, reason);
        return (note, invalid.Errors!.Count > 0 ? invalid : null);
    }

    /// <summary>The answer to a field that can't be as it was sent: 400, <c>invalidFields</c>.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="error">What is wrong with it, in a sentence.</param>
    /// <returns>The problem.</returns>
    public static FratProblem InvalidField(string field, string error)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentException.ThrowIfNullOrEmpty(error);
        return InvalidFields.Of((field, error));
    }
}

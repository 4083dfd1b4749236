namespace Frat.Cli.Database;

/// <summary>Finds the person whom a user names by employee ID.</summary>
internal static class PersonLookup
{
    /// <summary>Finds the person; if there is none, tells the user.</summary>
    public static async Task<Person?> FindAsync(
        this IPersonStore people, string employeeId, Terminal terminal, CancellationToken cancellationToken)
    {
        var normal = Person.Normalize(employeeId);
        var found = Person.IsEmployeeId(normal) ? await people.FindAsync(normal, cancellationToken).ConfigureAwait(false) : null;
        if (found is null)
        {
            terminal.WriteError($"Nobody has the employee ID '{Terminal.Excerpt(employeeId)}'.");
        }

        return found;
    }
}

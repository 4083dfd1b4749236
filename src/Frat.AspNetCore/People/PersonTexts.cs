namespace Frat.AspNetCore;

/// <summary>
/// Says what is wrong with a typed name or employee ID, by the rules of <see cref="Person"/> and of addresses, which name people by their
/// ID: for pages of an application's own that register people. Stateless; safe to call from any thread.
/// </summary>
public static class PersonTexts
{
    /// <summary>What is wrong with a name.</summary>
    /// <param name="name">As it was typed; null is empty.</param>
    /// <returns>A sentence; null when nothing is.</returns>
    public static string? NameError(string? name) => Error("name", Person.Normalize(name), Person.MaxNameLength, Person.IsName);

    /// <summary>What is wrong with an employee ID.</summary>
    /// <param name="employeeId">As it was typed; null is empty.</param>
    /// <returns>A sentence; null when nothing is.</returns>
    public static string? EmployeeIdError(string? employeeId) => Person.Normalize(employeeId) is var text && text is "." or ".."
        ? "The employee ID can't be . or .., which mean something else in an address."
        : Error("employee ID", text, Person.MaxEmployeeIdLength, Person.IsEmployeeId)
            ?? (PersonRoute.CanHold(text)
                ? null
                : "The employee ID has empty or dotted parts between slashes, which an address can't hold.");

    private static string? Error(string what, string text, int maxLength, Func<string, bool> isValid) => text switch
    {
        "" => $"Enter the {what}.",
        _ when isValid(text) => null,
        _ when text.Length > maxLength => $"The {what} is longer than {maxLength} characters.",
        _ => $"The {what} has a character that can't be shown.",
    };
}

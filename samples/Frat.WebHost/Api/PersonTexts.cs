namespace Frat.WebHost;

/// <summary>Says what is wrong with a typed name or employee ID, by the rules that the engine holds them to.</summary>
internal static class PersonTexts
{
    public static string? NameError(string? name) => Error("name", name, Person.MaxNameLength);

    public static string? EmployeeIdError(string? employeeId) => Error("employee ID", employeeId, Person.MaxEmployeeIdLength);

    private static string? Error(string what, string? text, int maxLength) => Person.Normalize(text) switch
    {
        "" => $"Enter the {what}.",
        var normal when normal.Length > maxLength => $"The {what} is longer than {maxLength} characters.",
        var normal when normal.Any(char.IsControl) => $"The {what} has a character that can't be shown.",
        _ => null,
    };
}

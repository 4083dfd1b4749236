using System.Text;

namespace Frat;

/// <summary>Somebody whose attendance is recorded. Immutable.</summary>
/// <param name="Id">FRAT's own id, never shown to be typed.</param>
/// <param name="EmployeeId">The employer's id: unique, compared character by character, 1 to <see cref="MaxEmployeeIdLength"/> characters.</param>
/// <param name="Name">In any script, 1 to <see cref="MaxNameLength"/> characters.</param>
/// <param name="EnrolledAt">When the person was enrolled.</param>
public sealed record Person(Guid Id, string EmployeeId, string Name, DateTimeOffset EnrolledAt)
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest employee ID, in UTF-16 code units.</summary>
    public const int MaxEmployeeIdLength = 50;

    /// <summary>
    /// Brings typed text into the one form in which names and employee IDs are stored and looked up: Unicode NFC, without white
    /// space around it. Two spellings that look the same are then the same.
    /// </summary>
    /// <param name="text">What was typed; null is taken as empty.</param>
    /// <returns>The text in its stored form; empty when nothing is left, or when the text is not well-formed Unicode.</returns>
    public static string Normalize(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        try
        {
            return text.Normalize(NormalizationForm.FormC).Trim();
        }
        catch (ArgumentException)
        {
            return ""; // An unpaired surrogate: no text that anybody typed.
        }
    }
}

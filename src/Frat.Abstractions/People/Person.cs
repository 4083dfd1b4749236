using System.Globalization;
using System.Text;

namespace Frat;

/// <summary>Somebody whose attendance is recorded. Immutable.</summary>
public sealed record Person
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest employee ID, in UTF-16 code units.</summary>
    public const int MaxEmployeeIdLength = 50;

    /// <summary>FRAT's own id, never shown to be typed.</summary>
    public required Guid Id { get; init; }

    /// <summary>
    /// The employer's id: unique, compared character by character, 1 to <see cref="MaxEmployeeIdLength"/> characters.
    /// </summary>
    public required string EmployeeId { get; init; }

    /// <summary>In any script, 1 to <see cref="MaxNameLength"/> characters.</summary>
    public required string Name { get; init; }

    /// <summary>When the person was enrolled.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>False while the person is not to be recognised; templates and records are kept.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>
    /// The first working day: nobody is missed before it. Null: from <see cref="EnrolledAt"/> on, or from when a schedule is assigned.
    /// </summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>
    /// The last working day, included: nobody is missed after it. Null: until further notice. It doesn't end recognition, so that nobody's
    /// punch is lost who stays a day longer: that is what <see cref="IsActive"/> and forgetting are for.
    /// </summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Whether a date is a working day of the person as far as the first and the last one say.</summary>
    /// <param name="date">The date.</param>
    /// <returns>False before the first and after the last.</returns>
    public bool WorksOn(DateOnly date) => !(date < FirstDay) && !(date > LastDay);

    /// <summary>
    /// Brings typed text into the one form in which names and employee IDs are stored and looked up: Unicode NFC, without white
    /// space around it. However the same characters were typed, they are then the same text.
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

    /// <summary>
    /// Whether a text in the form of <see cref="Normalize"/> can be a name: 1 to <see cref="MaxNameLength"/> characters, of which one at
    /// least is seen, without control characters, line breaks and marks that turn the order of the text around it.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>True when it can.</returns>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MaxNameLength
            && text.EnumerateRunes().Any(rune => !IsInvisible(rune) && !Rune.IsWhiteSpace(rune))
            && !text.EnumerateRunes().Any(rune => BreaksText(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
    }

    /// <summary>
    /// Whether a text in the form of <see cref="Normalize"/> can be an employee ID: 1 to <see cref="MaxEmployeeIdLength"/> characters,
    /// without control characters and anything that isn't seen, so that no two IDs look the same but for that. <c>.</c> and <c>..</c>
    /// can't: they mean something else in an address.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>True when it can.</returns>
    public static bool IsEmployeeId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= MaxEmployeeIdLength
            && text is not ("." or "..")
            && !text.EnumerateRunes().Any(rune => BreaksText(rune) || IsInvisible(rune));
    }

    private static bool BreaksText(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // Format characters, what is not assigned, and the fillers that are letters by category but have no glyph.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>Checks what every store has to check of an employee ID before it stores it.</summary>
    /// <param name="employeeId">The ID.</param>
    /// <exception cref="ArgumentException">
    /// It is not in the form of <see cref="Normalize"/>, or can't be an ID: see <see cref="IsEmployeeId"/>.
    /// </exception>
    public static void ThrowIfNoEmployeeId(string? employeeId)
    {
        CheckNormal(employeeId, MaxEmployeeIdLength, nameof(employeeId));
        if (!IsEmployeeId(employeeId!))
        {
            throw new ArgumentException("The text can't be an employee ID, by Person.IsEmployeeId.", nameof(employeeId));
        }
    }

    /// <summary>Checks what every store has to check of a name before it stores it.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">
    /// It is not in the form of <see cref="Normalize"/>, or can't be a name: see <see cref="IsName"/>.
    /// </exception>
    public static void ThrowIfNoName(string? name)
    {
        CheckNormal(name, MaxNameLength, nameof(name));
        if (!IsName(name!))
        {
            throw new ArgumentException("The text can't be a name, by Person.IsName.", nameof(name));
        }
    }

    /// <summary>Writes working days as the audit trail has them: <c>2026-03-02 to 2026-12-31</c>; <c>..</c> where there is none.</summary>
    /// <param name="first">The first.</param>
    /// <param name="last">The last.</param>
    /// <returns>The text.</returns>
    public static string DescribeWorkingDays(DateOnly? first, DateOnly? last) =>
        $"{Describe(first)} to {Describe(last)}";

    /// <summary>Checks what every store has to check of working days before it stores them.</summary>
    /// <param name="first">The first.</param>
    /// <param name="last">The last.</param>
    /// <exception cref="ArgumentException">The last is before the first.</exception>
    public static void ThrowIfNoWorkingDays(DateOnly? first, DateOnly? last)
    {
        if (last < first)
        {
            throw new ArgumentException("The last working day is before the first.", nameof(last));
        }
    }

    private static string Describe(DateOnly? date) => date?.ToString("O", CultureInfo.InvariantCulture) ?? "..";

    private static void CheckNormal(string? text, int longest, string name)
    {
        ArgumentChecks.CheckText(text, longest, name);
        if (Normalize(text) != text)
        {
            throw new ArgumentException("The text is not in the form of Person.Normalize.", name);
        }
    }
}

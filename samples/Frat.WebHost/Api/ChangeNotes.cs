namespace Frat.WebHost;

/// <summary>Reads who makes a change, and why, as a caller says it.</summary>
internal static class ChangeNotes
{
    public const string By = "by";
    public const string Reason = "reason";

    /// <summary>Who it is said to be where the caller doesn't say.</summary>
    public const string DefaultBy = "web";

    /// <summary>Who; what is left out is <see cref="DefaultBy"/>.</summary>
    public static string ReadBy(string? by) => by?.Trim() is { Length: > 0 } text ? text : DefaultBy;

    /// <summary>What is wrong with a text that says who; null when nothing is.</summary>
    public static string? ErrorOfBy(string by) => ErrorOf(by, AuditNote.MaxByLength);

    /// <summary>What is wrong with a text that says why; null when nothing is.</summary>
    public static string? ErrorOfReason(string reason) => ErrorOf(reason, AuditNote.MaxReasonLength);

    /// <summary>The note, or what is wrong with it.</summary>
    public static (AuditNote Note, Failure Invalid) Read(string? by, string? reason)
    {
        var (who, why) = (ReadBy(by), reason?.Trim() is { Length: > 0 } text ? text : null);
        return (new AuditNote(who, why), InvalidFields.Of((By, ErrorOfBy(who)), (Reason, why is null ? null : ErrorOfReason(why))));
    }

    private static string? ErrorOf(string text, int maxLength) =>
        text.Length > maxLength || text.Any(char.IsControl) || !IsWellFormed(text)
            ? $"Write at most {maxLength} characters that can be shown."
            : null;

    // JSON may hold half a surrogate pair, which no database keeps.
    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);
}

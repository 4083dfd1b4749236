using System.Globalization;
using System.Text;

namespace Frat.Storage.EfCore;

/// <summary>
/// The form in which names and IDs are searched: no case, no accents, no widths. The database only looks for one text within another.
/// </summary>
internal static class SearchText
{
    /// <summary>In UTF-16 code units. Only a text made of ligatures, some of which stand for many letters, is longer, and cut.</summary>
    public const int MaxLength = 2000;

    public static string Of(string employeeId, string name)
    {
        var text = Fold(employeeId) + "\n" + Fold(name); // No text that is searched for has a line break.
        if (text.Length <= MaxLength)
        {
            return text;
        }

        // Half a character is none that a database takes.
        return text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                // By way of upper case, which the two small sigmas of Greek have in common.
                folded.Append(Rune.IsWhiteSpace(rune) ? " " : Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString());
            }
        }

        return folded.ToString();
    }
}

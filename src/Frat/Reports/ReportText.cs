using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Frat;

/// <summary>
/// Makes texts harmless for spreadsheets. Names, IDs and sources come from people; in a cell, some first characters make a formula of them,
/// which can read other cells and send them elsewhere (OWASP, "CSV Injection").
/// </summary>
internal static partial class ReportText
{
    /// <summary>What Excel keeps of a cell; a longer text is cut.</summary>
    public const int MaxLength = 32767;

    private const char Replacement = '\uFFFD';

    /// <summary>
    /// For CSV, where a file can't say that a cell is text: a text that a spreadsheet might take for a formula gets an apostrophe in front.
    /// Numbers, dates and durations don't come here.
    /// </summary>
    public static string ForCsv(string text)
    {
        var clean = Clean(text);
        return BeginsFormula(clean) ? "'" + clean : clean;
    }

    /// <summary>
    /// For a workbook, which says that a cell is text: the text stays as it is, but for what XML can't hold, and for <c>_x0041_</c>, which
    /// Excel would read as the character with that number.
    /// </summary>
    public static string ForXlsx(string text)
    {
        var clean = Clean(text);
        clean = clean.Contains("_x", StringComparison.OrdinalIgnoreCase) ? EscapeLike().Replace(clean, "_x005F_") : clean;
        return clean.Length <= MaxLength ? clean : clean[..(char.IsHighSurrogate(clean[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    /// <summary>
    /// Whether the text begins as a formula does, also in full-width characters, and also behind white space or marks that aren't seen:
    /// some programs cut these off before they look.
    /// </summary>
    public static bool BeginsFormula(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' or '\u2212'
                or '|' or '%')
            {
                return true;
            }

            if (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>
    /// Without control characters, U+FFFE, U+FFFF and halves of surrogate pairs: XML 1.0 has no way to write them, JSON none for the
    /// halves, and a terminal might obey some.
    /// </summary>
    public static string Clean(string text)
    {
        var at = FirstBad(text);
        if (at < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // A half pair comes as U+FFFD.
        {
            clean.Append(IsBad(rune.Value) ? Replacement.ToString() : rune.ToString());
        }

        return clean.ToString();
    }

    private static int FirstBad(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsBad(text[i]) || char.IsSurrogate(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsBad(int value) => value is (< ' ' and not ('\t' or '\r' or '\n')) or (>= 0x7F and <= 0x9F) or 0xFFFE or 0xFFFF;

    [GeneratedRegex("_(?=[xX][0-9A-Fa-f]{4}_)")]
    private static partial Regex EscapeLike();
}

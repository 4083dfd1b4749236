using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Frat;

/// <summary>What the checks of all values share.</summary>
internal static class ArgumentChecks
{
    /// <summary>Checks a text that every store has to be able to keep, and to tell from any other.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most UTF-16 code units.</param>
    /// <param name="name">The argument.</param>
    /// <exception cref="ArgumentException">It is null, empty, too long or no well-formed Unicode, or has U+0000.</exception>
    public static void CheckText(string? text, int longest, [CallerArgumentExpression(nameof(text))] string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        if (text.Length > longest)
        {
            throw new ArgumentException($"The text has {text.Length} characters; {longest} is the most.", name);
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The text contains U+0000, which PostgreSQL can't keep.", name);
        }

        if (!IsWellFormed(text))
        {
            throw new ArgumentException("The text is not well-formed Unicode.", name);
        }
    }

    /// <summary>Checks a text as <see cref="CheckText"/> does, and that it can be shown in one line.</summary>
    /// <exception cref="ArgumentException">
    /// It is null, empty, too long or no well-formed Unicode, or has control characters.
    /// </exception>
    public static void CheckLine(string? text, int longest, [CallerArgumentExpression(nameof(text))] string? name = null)
    {
        CheckText(text, longest, name);
        if (text!.Any(char.IsControl))
        {
            throw new ArgumentException("The text has control characters.", name);
        }
    }

    /// <summary>Whether <see cref="CheckLine"/> lets a text pass.</summary>
    public static bool IsLine(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && IsWellFormed(text) && !text.Any(char.IsControl);

    /// <summary>Checks a text as <see cref="CheckText"/> does, where there is one.</summary>
    public static void CheckOptional(string? text, int longest, [CallerArgumentExpression(nameof(text))] string? name = null)
    {
        if (text is not null)
        {
            CheckText(text, longest, name);
        }
    }

    /// <summary>Checks that a value is a member of its enumeration.</summary>
    public static void CheckEnum<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentException($"{value} is no {typeof(T).Name}.", name);
        }
    }

    // UTF-8 would turn each unpaired surrogate into the same character, and make different keys equal.
    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }
}

using System.Globalization;

namespace Frat.AspNetCore;

/// <summary>Moments in requests: ISO 8601, to the second or finer.</summary>
internal static class Instants
{
    public const string WithOffsetError = "Write the moment with its offset, as YYYY-MM-DDTHH:MM:SS+HH:MM or with Z.";

    private const int OffsetLength = 6;
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The moment, in UTC, which one without an offset is taken for; null where the text is none.</summary>
    public static DateTimeOffset? Read(string text) => DateTimeOffset.TryParseExact(
        text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant.ToUniversalTime() : null;

    /// <summary>The moment, where the text says its offset: of a device in another zone, nobody could guess it.</summary>
    public static DateTimeOffset? ReadWithOffset(string text) =>
        text.EndsWith('Z') || (text.Length > OffsetLength && text[^OffsetLength] is '+' or '-') ? Read(text) : null;
}

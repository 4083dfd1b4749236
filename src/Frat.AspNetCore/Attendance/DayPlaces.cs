using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Frat.AspNetCore;

/// <summary>Places in the list of days, as the link to a page has them: nothing to be read by people.</summary>
internal static class DayPlaces
{
    private const int DateLength = 10;
    private const int MaxTextLength = 400; // Of the longest ID in UTF-8, in Base64.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Text(AttendanceDay day) =>
        WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(QueryDates.Text(day.Date) + day.Person.EmployeeId));

    /// <summary>The place; null where the text is none.</summary>
    public static DayPosition? Read(string text)
    {
        if (text.Length is 0 or > MaxTextLength)
        {
            return null;
        }

        try
        {
            var decoded = StrictUtf8.GetString(WebEncoders.Base64UrlDecode(text));
            return decoded.Length > DateLength
                && QueryDates.Read(decoded[..DateLength]) is { } date
                && Person.IsEmployeeId(decoded[DateLength..])
                    ? new DayPosition { Date = date, EmployeeId = decoded[DateLength..] }
                    : null;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}

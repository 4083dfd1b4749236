using System.Globalization;
using System.Numerics.Tensors;

namespace Frat.Cli.Import;

/// <summary>Makes values of what the original's rows hold, or says in words why that can't be done.</summary>
internal static class FlaskValues
{
    public const string EncoderId = "dlib-resnet-v1";

    private const int Dimension = 128;

    // dlib's encodings of faces have a length of about 1.4.
    private const float ShortestEncoding = 0.7f;
    private const float LongestEncoding = 2.5f;

    private static readonly string[] DateFormats = ["yyyy-MM-dd", "yyyy/MM/dd"];

    private static readonly string[] TimeFormats =
    [
        "HH:mm:ss.FFFFFFF", "HH:mm:ss", "HH:mm", "H:mm:ss", "H:mm", "hh:mm:ss tt", "h:mm:ss tt", "hh:mm tt", "h:mm tt",
    ];

    /// <summary>Whether the status of a row says that the person was not there: such a row is no punch.</summary>
    public static bool SaysAbsent(string status) =>
        status.Trim().ToUpperInvariant() is "ABSENT" or "LEAVE" or "ON LEAVE" or "ONLEAVE" or "HOLIDAY" or "SICK" or "VACATION";

    /// <summary>Reads the original's encoding: 128 float64 as numpy wrote them.</summary>
    /// <returns>The encoding, or null and what is wrong.</returns>
    public static FaceEncoding? Encoding(FlaskUser user, out string? problem)
    {
        problem = user switch
        {
            { EmbeddingLength: null } => "has no face encoding",
            { Embedding: null, EmbeddingLength: <= FlaskDatabase.MaxBytes } => "has a face encoding that is text, not bytes",
            { EmbeddingLength: not Dimension * sizeof(double) and var length } => string.Create(
                CultureInfo.InvariantCulture, $"has a face encoding of {length} bytes instead of {Dimension * sizeof(double)}"),
            _ => null,
        };
        if (problem is not null)
        {
            return null;
        }

        try
        {
            var encoding = FaceEncoding.FromFloat64Bytes(EncoderId, user.Embedding);
            var norm = TensorPrimitives.Norm(encoding.Values);
            if (norm is >= ShortestEncoding and <= LongestEncoding)
            {
                return encoding;
            }

            problem = string.Create(
                CultureInfo.InvariantCulture, $"has a face encoding that dlib can't have made: its length is {norm:0.###}, not about 1.4");
        }
        catch (ArgumentException)
        {
            problem = "has a face encoding with a value that is no number (NaN or infinite)";
        }

        return null;
    }

    /// <summary>Reads the date and the time of a row. A column that holds both gives the part that is asked for.</summary>
    /// <returns>The local time at the original's clock, or null and what is wrong.</returns>
    public static DateTime? LocalTime(FlaskAttendance row, out string? problem)
    {
        problem = null;
        if (Date(row.Date) is not { } date)
        {
            problem = string.IsNullOrWhiteSpace(row.Date)
                ? "has no date"
                : $"has a date that can't be read: '{Terminal.Excerpt(row.Date)}'";
        }
        else if (Time(row.Time) is not { } time)
        {
            problem = string.IsNullOrWhiteSpace(row.Time)
                ? "has no time"
                : $"has a time that can't be read: '{Terminal.Excerpt(row.Time)}'";
        }
        else
        {
            return date.ToDateTime(time);
        }

        return null;
    }

    private static DateOnly? Date(string? text)
    {
        var part = (text ?? "").Trim().Split(' ', 'T')[0];
        return DateOnly.TryParseExact(part, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year >= 1900 ? date : null;
    }

    private static TimeOnly? Time(string? text)
    {
        var part = (text ?? "").Trim();
        if (part.Length > 10 && Date(part[..10]) is not null)
        {
            part = part[10..].TrimStart(' ', 'T');
        }

        // The clock of the original had no zone; PostgreSQL's "time with time zone" shows one all the same.
        if (part.IndexOfAny(['+', '-', 'Z']) is > 0 and var zone)
        {
            part = part[..zone];
        }

        return TimeOnly.TryParseExact(part, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }
}

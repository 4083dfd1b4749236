using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Frat.Cli.People;

/// <summary>
/// Reads a list of people that some other program wrote: any usual separator, UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, or
/// the encoding that the user names. Holds one line at a time; no field can be so long that it fills the memory.
/// </summary>
internal sealed class PeopleCsv : IDisposable
{
    private const int MaxField = 16 * 1024;

    private static readonly char[] Separators = [',', ';', '\t', '|'];
    private static readonly char[] PhotoSeparators = ['|', ';'];

    private readonly StreamReader _reader;
    private readonly CsvParser _parser;
    private readonly string[] _heading;
    private bool _isBad;

    /// <summary>Opens a file and reads its heading.</summary>
    /// <param name="stream">The file; seekable. Disposed with this.</param>
    /// <param name="encoding">The encoding where there is no byte order mark; null for UTF-8, strictly.</param>
    /// <exception cref="PeopleCsvException">There is no heading, or it lacks a column.</exception>
    public PeopleCsv(Stream stream, Encoding? encoding)
    {
        encoding ??= new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        _reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true);
        var separator = FindSeparator(_reader);
        stream.Position = 0;
        _reader.DiscardBufferedData();
        _parser = new CsvParser(_reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            IgnoreBlankLines = true,
            MaxFieldSize = MaxField,
            BadDataFound = _ => _isBad = true,
            CountBytes = false,
        });
        _heading = Read() ? [.. _parser.Record!.Select(Normalize)] : throw new PeopleCsvException("The file is empty.");
        foreach (var required in (string[])["employeeid", "name"])
        {
            if (_heading.Count(column => column == required) != 1)
            {
                throw new PeopleCsvException(
                    "The heading must have the columns employee_id and name, once each. It has: "
                        + $"{Terminal.Excerpt(string.Join(", ", _parser.Record!.Take(20)))}.");
            }
        }

        IgnoredColumns = [.. _parser.Record!.Where((_, i) => !IsKnown(_heading[i]) && _heading[i].Length > 0)];
    }

    /// <summary>Columns that mean nothing here.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; }

    /// <summary>Reads the lines.</summary>
    /// <exception cref="PeopleCsvException">The rest of the file can't be read; what came before could.</exception>
    public IEnumerable<PeopleCsvRow> ReadRows()
    {
        while (Read())
        {
            yield return ToRow(_parser.RawRow, _parser.Record!);
        }
    }

    public void Dispose()
    {
        _parser.Dispose();
        _reader.Dispose();
    }

    // Which separator makes a heading with employee_id in it.
    private static char FindSeparator(StreamReader reader)
    {
        var buffer = new char[MaxField];
        int length;
        try
        {
            length = reader.ReadBlock(buffer);
        }
        catch (DecoderFallbackException)
        {
            throw NotUtf8();
        }

        var line = new string(buffer, 0, length).TrimStart('\r', '\n').Split('\r', '\n')[0];
        return Separators.FirstOrDefault(separator => line.Split(separator).Any(column => Normalize(column) == "employeeid"), ',');
    }

    private static PeopleCsvException NotUtf8() =>
        new("The file is not UTF-8. Save it as \"CSV UTF-8\", or name its encoding, such as --encoding windows-1252.");

    // "Employee ID" and "employee_id" are one column.
    private static string Normalize(string column) => new([.. column.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static bool IsKnown(string column) => IsPhoto(column)
        || column is "employeeid" or "name" or "duplicatereason"
            or "consentversion" or "consentpurpose" or "consentgivenat" or "consentexpiresat" or "consentattestedby";

    private static bool IsPhoto(string column) =>
        column.StartsWith("photo", StringComparison.Ordinal) && column[5..].TrimStart('s').All(char.IsAsciiDigit);

    private bool Read()
    {
        _isBad = false;
        try
        {
            return _parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            throw new PeopleCsvException(string.Create(
                CultureInfo.InvariantCulture,
                $"Line {_parser.RawRow}: A field is longer than {MaxField} characters. Is a quote not closed? The lines from there on "
                    + $"were not read."));
        }
        catch (DecoderFallbackException)
        {
            throw NotUtf8();
        }
    }

    private PeopleCsvRow ToRow(int line, string[] fields)
    {
        var problem = _isBad ? "The quotes of this line are wrong."
            : fields.Length > _heading.Length ? string.Create(
                CultureInfo.InvariantCulture, $"The line has {fields.Length} fields, the heading {_heading.Length}.")
            : null;
        var photos = new List<string>();
        for (var i = 0; i < Math.Min(fields.Length, _heading.Length); i++)
        {
            if (IsPhoto(_heading[i]))
            {
                photos.AddRange(fields[i].Split(PhotoSeparators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            }
        }

        var consent = new ConsentColumns(
            Field("consentversion"),
            Field("consentpurpose"),
            Field("consentgivenat"),
            Field("consentexpiresat"),
            Field("consentattestedby"));
        return new PeopleCsvRow(line, Field("employeeid"), Field("name"), photos, consent, Field("duplicatereason"), problem);

        string Field(string column) => Array.IndexOf(_heading, column) is >= 0 and var at && at < fields.Length ? fields[at].Trim() : "";
    }
}

/// <summary>The list of people can't be read. The message is for the user.</summary>
internal sealed class PeopleCsvException(string message) : Exception(message);

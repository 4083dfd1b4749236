namespace Frat;

/// <summary>The form in which a report is written.</summary>
public enum ReportFormat
{
    /// <summary>Comma-separated values (RFC 4180) in UTF-8: for programs, and for every spreadsheet.</summary>
    Csv,

    /// <summary>An Office Open XML workbook: for Excel and LibreOffice, with real dates, hours and numbers.</summary>
    Xlsx,

    /// <summary>One JSON object with the rows in an array.</summary>
    Json,
}

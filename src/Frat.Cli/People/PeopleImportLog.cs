using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Frat.Cli.People;

/// <summary>Writes what became of each line to a CSV file, line by line: after a kill, it has all that were finished.</summary>
internal sealed class PeopleImportLog : IDisposable
{
    private readonly CsvWriter _csv;

    public PeopleImportLog(FileInfo file)
    {
        var writer = new StreamWriter(OutputFile.Open(file), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        _csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = "\r\n",
        });
        foreach (var column in (string[])["line", "employee_id", "name", "outcome", "reason"])
        {
            _csv.WriteField(column);
        }

        _csv.NextRecord();
    }

    public void Write(PeopleImportResult result)
    {
        _csv.WriteField(result.Row.Line);
        // The texts are those of the list, which a spreadsheet might take for formulas, and a terminal for commands.
        _csv.WriteField(ReportText.ForCsv(result.Row.EmployeeId));
        _csv.WriteField(ReportText.ForCsv(result.Row.Name));
        _csv.WriteField(NameOf(result.Outcome));
        _csv.WriteField(ReportText.ForCsv(result.Reason));
        _csv.NextRecord();
    }

    public void Dispose() => _csv.Dispose();

    private static string NameOf(PeopleImportOutcome outcome) => outcome switch
    {
        PeopleImportOutcome.Enrolled => "enrolled",
        PeopleImportOutcome.AlreadyEnrolled => "already enrolled",
        _ => "refused",
    };
}

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
        var writer = new StreamWriter(file.Create(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        _csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = "\r\n",
            InjectionOptions = InjectionOptions.Escape, // The texts are those of the list, which a spreadsheet might take for formulas.
            InjectionCharacters = ['=', '+', '-', '@', '\t', '\r', '\n', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'],
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
        _csv.WriteField(result.Row.EmployeeId);
        _csv.WriteField(result.Row.Name);
        _csv.WriteField(NameOf(result.Outcome));
        _csv.WriteField(result.Reason);
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

using System.CommandLine;
using Frat.Cli.Database;
using Frat.Cli.People;

namespace Frat.Cli.Reports;

/// <summary><c>frat report</c>: the attendance as CSV, as a workbook or as JSON.</summary>
internal static class ReportCommand
{
    private delegate Report Maker(ReportService reports, DateOnly first, DateOnly last, Person? person);

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal) => new("report", "Write the attendance as CSV, as a workbook (XLSX) or as JSON.")
    {
        Kind(
            terminal,
            "day",
            "Who was there and when: a row for each person and date.",
            needsPerson: false,
            (reports, first, last, person) => reports.Days(first, last, person)),
        Kind(
            terminal,
            "month",
            "What a month, or any span, adds up to: a row for each person.",
            needsPerson: false,
            (reports, first, last, person) => reports.Summary(first, last, person)),
        Kind(
            terminal,
            "person",
            "One person's days, with totals.",
            needsPerson: true,
            (reports, first, last, person) => reports.PersonDays(person!, first, last)),
        Kind(
            terminal,
            "punches",
            "The punches as they were recorded, corrections not applied.",
            needsPerson: false,
            (reports, first, last, person) => reports.Punches(first, last, person)),
    };

    private static Command Kind(Terminal terminal, string name, string description, bool needsPerson, Maker make)
    {
        var isDay = name == "day";
        var from = DateOption("--from", isDay
            ? "The first date. Default: today, by this machine's clock."
            : "The first date. Default: the first of this month, by this machine's clock.");
        var to = DateOption(
            "--to", isDay ? "The last date. Default: the first one." : "The last date. Default: the end of the first one's month.");
        var person = new Option<string?>(
            "--person") { Description = "Only the person with this employee ID.", HelpName = "ID", Required = needsPerson };
        var database = DatabaseOption.Create("--database");
        var output = new ReportOutputOptions();
        var command = new Command(name, description) { from, to, person, database };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if ((parsed.GetValue(from) ?? (isDay ? parsed.GetValue(to) : null) ?? FirstOfNow(terminal, isDay)) is not { } first)
            {
                return ExitCode.Usage;
            }

            var last = parsed.GetValue(to)
                ?? (isDay ? first : new DateOnly(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month)));
            if (last < first)
            {
                terminal.Complain("--to is before --from.");
                return ExitCode.Usage;
            }

            return await output.WriteAsync(
                terminal, parsed, parsed.GetRequiredValue(database), CreateAsync, cancellationToken).ConfigureAwait(false);

            async Task<Report?> CreateAsync(ReportService reports, IEncodingStore people, CancellationToken cancel)
            {
                if (parsed.GetValue(person) is not { } employeeId)
                {
                    return make(reports, first, last, null);
                }

                return await people.FindAsync(employeeId, terminal, cancel).ConfigureAwait(false) is { } found
                    ? make(reports, first, last, found)
                    : null;
            }
        });
        return command;
    }

    private static DateOnly? FirstOfNow(Terminal terminal, bool isDay)
    {
        try
        {
            var today = DateOnly.FromDateTime(SiteZone.OfMachine().ToLocal(TimeProvider.System.GetUtcNow()));
            return isDay ? today : new DateOnly(today.Year, today.Month, 1);
        }
        catch (TimeZoneNotFoundException e)
        {
            terminal.Complain($"{e.Message} Name the dates with --from and --to.");
            return null;
        }
    }

    private static Option<DateOnly?> DateOption(string name, string description) => new(name)
    {
        Description = description, HelpName = "YYYY-MM-DD", CustomParser = result => AttestationOptions.ParseDate(result, name),
    };
}

using System.CommandLine;
using Frat.Cli.Database;

namespace Frat.Cli.Reports;

/// <summary><c>frat report</c>: the attendance as CSV, as a workbook or as JSON.</summary>
internal static class ReportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal) => new("report", "Write the attendance as CSV, as a workbook (XLSX) or as JSON.")
    {
        Kind(terminal, ReportKind.Day, "Who was there and when: a row for each person and date."),
        Kind(terminal, ReportKind.Month, "What a month, or any span, adds up to: a row for each person."),
        Kind(terminal, ReportKind.Person, "One person's days, with totals."),
        Kind(terminal, ReportKind.Punches, "The punches as they were recorded, corrections not applied."),
    };

    private static Command Kind(Terminal terminal, ReportKind kind, string description)
    {
        var byMonth = kind is ReportKind.Month or ReportKind.Person;
        var from = DateOption("--from", byMonth
            ? "The first date. Default: the first of the last one's month, or of this one, by this machine's clock."
            : "The first date. Default: the last one, or today, by this machine's clock.");
        var to = DateOption(
            "--to", byMonth ? "The last date. Default: the end of the first one's month." : "The last date. Default: the first one.");
        var person = new Option<string?>(
            "--person") { Description = "Only the person with this employee ID.", HelpName = "ID", Required = kind == ReportKind.Person };
        var database = DatabaseOption.Create("--database");
        var output = new ReportOutputOptions();
        var command = new Command(kind.ToString().ToLowerInvariant(), description) { from, to, person, database };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ReportRequest { Kind = kind, FirstDate = parsed.GetValue(from), LastDate = parsed.GetValue(to) };
            if (Dates(terminal, request) is not var (first, last))
            {
                return ExitCode.Usage;
            }

            request = request with { FirstDate = first, LastDate = last };
            return await output.WriteAsync(
                terminal, parsed, parsed.GetRequiredValue(database), CreateAsync, cancellationToken).ConfigureAwait(false);

            async Task<Report?> CreateAsync(IReportService reports, IPersonStore people, CancellationToken cancel)
            {
                if (parsed.GetValue(person) is not { } employeeId)
                {
                    return reports.Create(request);
                }

                return await people.FindAsync(employeeId, terminal, cancel).ConfigureAwait(false) is { } found
                    ? reports.Create(request with { Person = found })
                    : null;
            }
        });
        return command;
    }

    /// <summary>The dates that are meant; null when the user was told what is wrong with them.</summary>
    private static (DateOnly First, DateOnly Last)? Dates(Terminal terminal, ReportRequest request)
    {
        try
        {
            var dates = request.ToDates(
                () => DateOnly.FromDateTime(SiteZone.OfMachine().ToLocal(TimeProvider.System.GetUtcNow())));
            if (dates.First <= dates.Last)
            {
                return dates;
            }

            terminal.WriteError("--to is before --from.");
        }
        catch (TimeZoneNotFoundException e)
        {
            terminal.WriteError($"{e.Message} Name the dates with --from and --to.");
        }

        return null;
    }

    private static Option<DateOnly?> DateOption(string name, string description) => new(name)
    {
        Description = description, HelpName = "YYYY-MM-DD", CustomParser = result => TypedOptions.ParseDate(result, name),
    };
}

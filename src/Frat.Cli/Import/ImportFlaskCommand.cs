using System.CommandLine;
using Frat.Cli.Database;
using Frat.Cli.Keys;
using Frat.Cli.People;
using Frat.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Cli.Import;

/// <summary><c>frat import-flask</c>: brings the database of the original web application over.</summary>
internal static class ImportFlaskCommand
{
    private const string Description = """
        Bring the original web application's people, encodings and attendance over: nobody has to register again.

        The original's database is only read. Running it again is safe: what is there already stays as it is. A person who was deleted
        from FRAT (forgotten) comes back, though, as long as they are in the original's database.
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var from = new Argument<string>(
            "PATH|URL") { Description = "The original's database: a file of SQLite, or a URL as in its DATABASE_URL." };
        var to = DatabaseOption.Create("--to");
        var zone = ZoneOption("--time-zone", "The site's time zone by IANA id, such as Europe/Berlin. Default: this machine's.");
        var sourceZone = ZoneOption(
            "--source-time-zone",
            "The zone of the clock of the machine that the original ran on, where that is another: often UTC in a cloud.");
        var consent = new AttestationOptions();
        var dryRun = new Option<bool>("--dry-run") { Description = "Do everything but write." };
        var json = new Option<bool>("--json") { Description = "Write the report as one JSON object, with everything that was left out." };
        var command = new Command("import-flask", Description) { from, to, zone, sourceZone };
        consent.AddTo(command);
        (consent.Version.Required, consent.By.Required) = (true, true);
        var keys = KeysOption.Create();
        command.Add(keys);
        command.Add(dryRun);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            DatabaseAddress source;
            try
            {
                source = DatabaseAddress.Parse(parsed.GetRequiredValue(from));
            }
            catch (FormatException e)
            {
                terminal.WriteError($"FROM {e.Message}");
                return ExitCode.Usage;
            }

            var target = parsed.GetRequiredValue(to);
            if ((parsed.GetValue(zone) ?? MachineZone(terminal)) is not { } site)
            {
                return ExitCode.Usage;
            }

            var clock = new FlaskClock(parsed.GetValue(sourceZone) ?? site, site);
            List<(string, string, string)> facts =
            [
                ("from", "From", source.Name),
                ("to", "To", target.Name),
                ("timeZone", "Time zone", parsed.GetValue(zone) is null ? $"{clock.SiteId} (this machine's)" : clock.SiteId),
            ];
            if (parsed.GetValue(sourceZone) is { } other)
            {
                facts.Add(("sourceTimeZone", "Source’s zone", other.Id));
            }

            var given = consent.Read(parsed, TimeProvider.System.GetUtcNow());
            var options = new FlaskImportOptions(given, new AuditNote { By = given.RecordedBy, Reason = "frat import-flask" }, clock);
            try
            {
                var report = await RunAsync(
                    terminal,
                    source,
                    target,
                    parsed.GetValue(keys),
                    options,
                    parsed.GetValue(dryRun),
                    cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(json))
                {
                    ImportReportWriter.WriteJson(terminal, report, facts, parsed.GetValue(dryRun));
                }
                else
                {
                    ImportReportWriter.Write(terminal, report, facts, parsed.GetValue(dryRun));
                }

                return report.IsComplete ? ExitCode.Ok : ExitCode.Failed;
            }
            catch (FlaskDatabaseException e)
            {
                terminal.WriteError(e.Message);
                return ExitCode.Failed;
            }
        });
        return command;
    }

    private static async Task<ImportReport> RunAsync(
        Terminal terminal,
        DatabaseAddress source,
        DatabaseAddress target,
        string? keys,
        FlaskImportOptions options,
        bool isDryRun,
        CancellationToken cancellationToken)
    {
        var database = await FlaskDatabase.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            if (isDryRun && target.Kind == DatabaseKind.Sqlite && !File.Exists(target.Name))
            {
                return await new FlaskImport(database, people: null, encodings: null, log: null, options, writes: false).RunAsync(
                    terminal, cancellationToken).ConfigureAwait(false);
            }

            var engine = Engine.Create(target, terminal, readOnly: isDryRun, keys: keys);
            await using (engine.ConfigureAwait(false))
            {
                var import = new FlaskImport(
                    database,
                    engine.GetRequiredService<IPersonStore>(),
                    engine.GetRequiredService<IEncodingStore>(),
                    engine.GetRequiredService<IAttendanceLog>(),
                    options,
                    writes: !isDryRun);
                return await import.RunAsync(terminal, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static SiteZone? MachineZone(Terminal terminal)
    {
        try
        {
            return SiteZone.OfMachine();
        }
        catch (TimeZoneNotFoundException e)
        {
            terminal.WriteError($"{e.Message} Name the site's zone with --time-zone.");
            return null;
        }
    }

    private static Option<SiteZone?> ZoneOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "ZONE",
        CustomParser = result =>
        {
            var id = result.Tokens.Single().Value;
            if (SiteZone.TryFind(id, out var zone))
            {
                return zone;
            }

            result.AddError($"{name} '{id}' is not the IANA id of a time zone, such as Europe/Berlin.");
            return null;
        },
    };
}

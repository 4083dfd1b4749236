using System.CommandLine;
using System.Globalization;
using System.Text;
using Frat.Cli.Database;
using Frat.Cli.Keys;
using Frat.Cli.Models;
using Frat.Cli.Reports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Frat.Cli.People;

/// <summary><c>frat people</c>: enrolls many people at once, and lists those who are enrolled.</summary>
internal static class PeopleCommand
{
    private const int MaxWorkers = 16;

    private const string ImportDescription = """
        Enrol people from a list and a folder of photos.

        The list is CSV with a heading: employee_id, name, photos (file names, with | between them; or photo1, photo2, …), and where they
        differ from the options consent_version, consent_purpose, consent_given_at, consent_expires_at, consent_attested_by. People who
        are enrolled already are passed over, so a run that was broken off is run again. A face like that of somebody who is enrolled is
        refused, unless duplicate_reason says why they are two.
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal) =>
        new("people", "Enrol people in bulk, list who is enrolled, of which encoders they have templates, and what is kept of one person.")
        {
            Import(terminal), Export(terminal), PersonExportCommand.Create(terminal), PeopleStatusCommand.Create(terminal, Engine.Encoders),
        };

    private static Command Import(Terminal terminal)
    {
        var list = new Argument<FileInfo>("FILE.csv") { Description = "The list." };
        var photos = new Option<DirectoryInfo>("--photos")
        {
            Description =
                "The folder of the photos; the list's names are looked for in it, and nowhere else.", HelpName = "FOLDER", Required = true,
        };
        var database = DatabaseOption.Create("--database");
        var consent = new AttestationOptions();
        var workers = WorkersOption();
        var encoding = EncodingOption();
        var reportFile = new Option<FileInfo?>(
            "--report") { Description = "Write what became of each line to this CSV file.", HelpName = "FILE.csv" };
        var encoder = TypedOptions.Choice(
            "--encoder", "NAME", "What encodes the faces: {0}. It has to be the one that the host has.", [.. Engine.Encoders.Keys]);
        var models = ModelsCommand.FolderOption("--models");
        var keys = KeysOption.Create();
        var command = new Command("import", ImportDescription) { list, photos, database };
        consent.AddTo(command);
        foreach (Option option in (Option[])[workers, encoding, reportFile, encoder, models, keys])
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!parsed.GetRequiredValue(photos).Exists)
            {
                terminal.WriteError($"{parsed.GetRequiredValue(photos)}: There is no such folder.");
                return ExitCode.Failed;
            }

            var engine = Engine.Create(
                parsed.GetRequiredValue(database),
                terminal,
                models: parsed.GetValue(models),
                keys: parsed.GetValue(keys),
                encoder: Engine.Encoders[parsed.GetRequiredValue(encoder)]);
            await using (engine.ConfigureAwait(false))
            {
                try
                {
                    using var csv = new PeopleCsv(parsed.GetRequiredValue(list).OpenRead(), parsed.GetValue(encoding));
                    if (csv.IgnoredColumns.Count > 0)
                    {
                        terminal.WriteError($"These columns mean nothing here: {Terminal.Excerpt(string.Join(", ", csv.IgnoredColumns))}.");
                    }

                    var maxBytes = engine.GetRequiredService<IOptions<ImageDecoderOptions>>().Value.MaxBytes;
                    using var import = new PeopleImport(
                        engine.GetRequiredService<IEnrollmentService>(),
                        engine.GetRequiredService<IPersonStore>(),
                        new PhotoFolder(parsed.GetRequiredValue(photos).FullName, maxBytes),
                        consent.ReadDefaults(parsed, parsed.GetValue(workers)),
                        TimeProvider.System);
                    return await RunAsync(
                        terminal,
                        csv,
                        import,
                        parsed.GetRequiredValue(list),
                        parsed.GetValue(reportFile),
                        cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (e is PeopleCsvException or IOException or UnauthorizedAccessException)
                {
                    var missing = e is FileNotFoundException or DirectoryNotFoundException;
                    terminal.WriteError($"{parsed.GetRequiredValue(list)}: {(missing ? "There is no such file." : e.Message)}");
                    return ExitCode.Failed;
                }
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, PeopleCsv csv, PeopleImport import, FileInfo list, FileInfo? reportFile, CancellationToken cancellationToken)
    {
        using var report = reportFile is null ? null : new PeopleImportLog(reportFile);
        var counts = new int[Enum.GetValues<PeopleImportOutcome>().Length];
        string? broken = null;
        using (var bar = new ProgressBar(terminal, "People", total: null))
        {
            // A list that can't be read any further ends the lines; what came before is finished and told.
            IEnumerable<PeopleCsvRow> Rows()
            {
                using var rows = csv.ReadRows().GetEnumerator();
                while (true)
                {
                    try
                    {
                        if (!rows.MoveNext())
                        {
                            yield break;
                        }
                    }
                    catch (PeopleCsvException e)
                    {
                        broken = e.Message;
                        yield break;
                    }

                    yield return rows.Current;
                }
            }

            await foreach (var result in import.RunAsync(Rows(), cancellationToken).ConfigureAwait(false))
            {
                counts[(int)result.Outcome]++;
                report?.Write(result);
                if (result.Outcome == PeopleImportOutcome.Refused)
                {
                    bar.WriteError(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Terminal.Line(list.Name)}:{result.Row.Line}: {Terminal.Excerpt(result.Row.EmployeeId)}: "
                            + $"{Terminal.Line(result.Reason)}"));
                }

                bar.Count(result.Outcome == PeopleImportOutcome.Refused);
            }
        }

        if (broken is not null)
        {
            terminal.WriteError($"{Terminal.Line(list.Name)}: {broken}");
        }

        var (enrolled, known, refused) = (
            counts[(int)PeopleImportOutcome.Enrolled],
            counts[(int)PeopleImportOutcome.AlreadyEnrolled],
            counts[(int)PeopleImportOutcome.Refused]);
        terminal.Tables.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{enrolled} enrolled, {known} enrolled already, {refused} refused."));
        return refused == 0 && broken is null ? ExitCode.Ok : ExitCode.Failed;
    }

    private static Command Export(Terminal terminal)
    {
        var database = DatabaseOption.Create("--database");
        var output = new ReportOutputOptions();
        var command = new Command(
            "export", "List people, and what is known of their templates and consents. An encoding is never exported.") { database };
        output.AddTo(command);
        command.SetAction((parsed, cancellationToken) => output.WriteAsync(
            terminal,
            parsed,
            parsed.GetRequiredValue(database),
            (reports, _, _) => Task.FromResult<Report?>(reports.People(DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime))),
            cancellationToken));
        return command;
    }

    private static Option<int> WorkersOption()
    {
        var option = new Option<int>("--workers")
        {
            Description = $"How many people are worked on at once, 1 to {MaxWorkers}. Default: one for each core, at most 4.",
            HelpName = "N",
            DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, 4),
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is >= 1 and <= MaxWorkers))
            {
                result.AddError($"--workers takes a number from 1 to {MaxWorkers}, not '{token.Value}'.");
            }
        });
        return option;
    }

    private static Option<Encoding?> EncodingOption() => new("--encoding")
    {
        Description = "The encoding of a list that is not UTF-8, such as windows-1252. A byte order mark goes before it.",
        HelpName = "NAME",
        CustomParser = result =>
        {
            var name = result.Tokens.Single().Value;
            try
            {
                return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            }
            catch (ArgumentException)
            {
                result.AddError($"--encoding '{name}' is not known.");
                return null;
            }
        },
    };
}

using System.CommandLine;
using System.CommandLine.Invocation;
using Frat.Cli.Audit;
using Frat.Cli.Backup;
using Frat.Cli.Certificate;
using Frat.Cli.Database;
using Frat.Cli.Evaluate;
using Frat.Cli.Faces;
using Frat.Cli.Import;
using Frat.Cli.Keys;
using Frat.Cli.Models;
using Frat.Cli.People;
using Frat.Cli.Reports;
using Frat.Cli.Retention;
using Frat.Cli.Schedules;

namespace Frat.Cli;

/// <summary>The command line: its commands, and how it ends.</summary>
internal static class FratCommand
{
    private const string Description = """
        Finds and encodes faces with dlib's models, measures how well people are recognised, looks after the model files and the keys of
        the templates, verifies the audit trail, enrols people in bulk, keeps schedules in a file, writes reports, deletes what is too old,
        brings the schema up to date, backs SQLite up, makes certificates for HTTPS, and brings the original application's database over.

        Exit codes:
            0  all is well
            1  a file failed, a model file is not verified, the audit trail is not what FRAT wrote, a deletion by age has to be confirmed,
               or the schema is not this version's
            2  the command line is wrong
            3  the model files can't be had
            4  the database failed, or the keys of its templates
          130  interrupted
        """;

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="terminal">Where it reads and writes.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var root = new RootCommand(Description)
        {
            ModelsCommand.Create(terminal), FacesCommand.Detect(terminal), FacesCommand.Encode(terminal),
            EvaluateCommand.Create(terminal),
            PeopleCommand.Create(terminal), ScheduleCommand.Create(terminal), ReportCommand.Create(terminal),
            RetentionCommand.Create(terminal),
            KeysCommand.Create(terminal), AuditCommand.Create(terminal), DatabaseCommand.Create(terminal),
            BackupCommand.Create(terminal), CertificateCommand.Create(terminal), ImportFlaskCommand.Create(terminal),
        };

        // A file may be named "@photo.jpg"; that must not be read as a list of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                terminal.WriteError(error.Message);
            }

            await terminal.Error.WriteLineAsync($"See '{PathOf(parsed.CommandResult.Command)} --help'.").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        try
        {
            using var help = new StreamWriter(terminal.Output, leaveOpen: true);
            var configuration = new InvocationConfiguration
            {
                Output = help, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (ModelFileException e)
        {
            terminal.WriteError(e.Message);
            return ExitCode.Models;
        }
        catch (Exception e) when (e is StoreException or TemplateKeyException or ArgumentException { ParamName: "connectionString" })
        {
            terminal.WriteError(e.Message);
            return ExitCode.Database;
        }
    }

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "frat";
}

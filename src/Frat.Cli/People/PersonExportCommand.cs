using System.CommandLine;
using Frat.Cli.Database;
using Frat.Cli.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Cli.People;

/// <summary><c>frat people export-person</c>: everything that is kept of one person.</summary>
internal static class PersonExportCommand
{
    private const string Description = """
        Write everything that is kept of one person as JSON: the person, consents, templates, punches with their corrections, days,
        leaves, assignments to schedules, and what the audit trail says of them. That it was asked for is written into the audit trail.
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string>("ID") { Description = "The person's employee ID." };
        var database = DatabaseOption.Create("--database");
        var encodings = new Option<bool>("--encodings")
        {
            Description =
                "Also the encodings. They are biometric data: keep the file as you would keep the photos. Of somebody who is not active "
                    + "they can't be read.",
        };
        var output = new Option<FileInfo?>("--output")
        {
            Description = "The file; one that is there is replaced when the new one is whole. Default: standard output.", HelpName = "FILE",
        };
        var by = TypedOptions.Text(
            "--by", "NAME", "Who exports, for the audit trail. Default: the user of this machine.", Actor.MaxIdLength);
        var reason = TypedOptions.Text("--reason", "TEXT", "Why, for the audit trail.", AuditNote.MaxReasonLength);
        var keys = KeysOption.Create();
        var command = new Command("export-person", Description) { id, database, keys, encodings, output, by, reason };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetRequiredValue(database);
            if (!address.Exists(terminal))
            {
                return ExitCode.Failed;
            }

            var engine = Engine.Create(address, terminal, keys: parsed.GetValue(keys));
            await using (engine.ConfigureAwait(false))
            {
                var people = engine.GetRequiredService<IPersonStore>();
                if (await people.FindAsync(
                    parsed.GetRequiredValue(id), terminal, cancellationToken).ConfigureAwait(false) is not { } person)
                {
                    return ExitCode.Failed;
                }

                var exports = engine.GetRequiredService<IPersonExportService>();
                var options = new PersonExportOptions { IncludeEncodings = parsed.GetValue(encodings) };
                var note = new AuditNote
                {
                    By = parsed.GetValue(by) is { } said ? Actor.Claimed(said) : Actor.User(Environment.UserName),
                    Reason = parsed.GetValue(reason),
                };
                Task WriteAsync(Stream stream) => exports.WriteAsync(person.Id, stream, note, options, cancellationToken);
                if (parsed.GetValue(output) is { } file)
                {
                    return await OutputFile.WriteAsync(terminal, file, WriteAsync).ConfigureAwait(false) ? ExitCode.Ok : ExitCode.Failed;
                }

                await WriteAsync(terminal.Output).ConfigureAwait(false);
                await terminal.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
                return ExitCode.Ok;
            }
        });
        return command;
    }
}

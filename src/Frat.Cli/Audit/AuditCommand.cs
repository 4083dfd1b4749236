using System.CommandLine;
using System.Globalization;
using Frat.Cli.Database;
using Frat.Cli.Keys;
using Frat.Storage.EfCore;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Frat.Cli.Audit;

/// <summary><c>frat audit</c>: whether the audit trail is what FRAT wrote.</summary>
internal static class AuditCommand
{
    private const string VerifyDescription = """
        Find entries of the audit trail that somebody changed, removed, added or moved.

        It ends by printing the trail's head. Keep it outside of the database: given back later as --head, it also shows whether the
        trail was cut at its end, or an older database was put back.
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal) => new("audit", "Verify the audit trail.") { Verify(terminal) };

    private static Command Verify(Terminal terminal)
    {
        var (database, keys) = (DatabaseOption.Create("--database"), KeysOption.Create());
        var head = new Option<AuditHead?>("--head")
        {
            Description = "A head that was printed earlier, or logged at a host's start.",
            HelpName = "SEQ:DIGEST",
            CustomParser = result =>
            {
                if (AuditHead.TryParse(result.Tokens.Single().Value, out var parsed))
                {
                    return parsed;
                }

                result.AddError(
                    $"--head takes SEQ:DIGEST, as 'frat audit verify' prints it, not '{Terminal.Excerpt(result.Tokens.Single().Value)}'.");
                return null;
            },
        };
        var command = new Command("verify", VerifyDescription) { database, keys, head };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var engine = KeysCommand.Open(parsed.GetRequiredValue(database), parsed.GetValue(keys), terminal, readOnly: true);
            await using (engine.ConfigureAwait(false))
            {
                var result = await engine.GetRequiredService<AuditVerifier>()
                    .VerifyAsync(parsed.GetValue(head), cancellationToken).ConfigureAwait(false);
                foreach (var fault in result.Faults)
                {
                    terminal.WriteError(string.Create(
                        CultureInfo.InvariantCulture, $"Entry {fault.Sequence} ({fault.Kind}): {Terminal.Printable(fault.Problem)}"));
                }

                var entries = string.Create(CultureInfo.InvariantCulture, $"{result.Entries} entries");
                terminal.Tables.WriteLine(
                    result.IsIntact ? $"{entries}, all as FRAT wrote them." : $"{entries}. The audit trail is not what FRAT wrote.");
                if (result.Head is { } now)
                {
                    terminal.Tables.WriteLine($"head {now}");
                }

                return result.IsIntact ? ExitCode.Ok : ExitCode.Failed;
            }
        });
        return command;
    }
}

using System.CommandLine;
using System.Globalization;
using Frat.Cli.Database;
using Frat.Hosting;
using Frat.Storage.EfCore;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Frat.Cli.Keys;

/// <summary><c>frat keys</c>: the keys that templates are encrypted with.</summary>
internal static class KeysCommand
{
    private const string ProtectionNote =
        "Who has both the keys and the database can read the templates: back them up apart from each other. Without the keys nobody "
            + "can read them.";

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal) => new("keys", "Make, rotate and remove the keys that templates are encrypted with.")
    {
        Make(terminal), List(terminal), Rotate(terminal), Reencrypt(terminal), Remove(terminal),
    };

    private static Command Make(Terminal terminal)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "A file to make. Without it, the key is printed in the form that FRAT_KEYS takes.",
            Arity = ArgumentArity.ZeroOrOne
        };
        var command = new Command("create", "Make a key for a database that has none yet, such as one on PostgreSQL.") { file };
        command.SetAction(parsed =>
        {
            var key = TemplateKey.Create(TimeProvider.System.GetUtcNow());
            if (parsed.GetValue(file) is not { } path)
            {
                terminal.Tables.WriteLine($"{key.Id}:{Convert.ToBase64String(key.Secret)}");
                return ExitCode.Ok;
            }

            if (!TemplateKeyFile.Create(path, key))
            {
                terminal.WriteError($"{path} is there already, and stays as it is. 'frat keys rotate' adds a key.");
                return ExitCode.Failed;
            }

            terminal.Tables.WriteLine($"{Terminal.Line(path)} has the key {key.Id}. {ProtectionNote}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var (database, keys) = (DatabaseOption.Create("--database"), KeysOption.Create());
        var command = new Command(
            "list", "Say which keys there are, how many templates each protects, and which templates can't be read.") { database, keys };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var engine = Open(parsed.GetRequiredValue(database), parsed.GetValue(keys), terminal, readOnly: true);
            await using (engine.ConfigureAwait(false))
            {
                var report = await engine.GetRequiredService<TemplateProtection>().CheckAsync(cancellationToken).ConfigureAwait(false);
                var ring = await engine.GetRequiredService<ITemplateKeyProvider>()
                    .GetKeysAsync(null, cancellationToken).ConfigureAwait(false);
                KeyTable.Write(terminal, ring, report);
                return report.Unreadable.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
            }
        });
        return command;
    }

    private static Command Rotate(Terminal terminal)
    {
        var (database, keys, note) = (DatabaseOption.Create("--database"), KeysOption.Create(), new NoteOptions());
        database.Required = false;
        var command = new Command(
            "rotate",
            "Add a new key to the key file. Hosts encrypt with it from their next write on; 'reencrypt' brings the rest over. With "
                + "--database it has its entry in the audit trail at once, otherwise from a host's next start or change on.")
            {
                database, keys
            };
        note.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetValue(database);
            if (FileOf(address, parsed.GetValue(keys), terminal) is not { } file)
            {
                return ExitCode.Usage;
            }

            var key = TemplateKey.Create(TimeProvider.System.GetUtcNow());
            TemplateKeyFile.Add(file, key);
            terminal.Tables.WriteLine($"{Terminal.Line(file)} has the new key {key.Id}. Back the file up, and run 'frat keys reencrypt'.");
            if (address is not null)
            {
                await AppendAsync(
                    address,
                    file,
                    terminal,
                    new() { Action = AuditActions.KeyAdded, New = $"key {key.Id}", Note = note.Read(parsed) },
                    cancellationToken).ConfigureAwait(false);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Reencrypt(Terminal terminal)
    {
        var (database, keys, note) = (DatabaseOption.Create("--database"), KeysOption.Create(), new NoteOptions());
        var command = new Command(
            "reencrypt", "Encrypt every template with the newest key, and seal people with it. Hosts may be at work meanwhile.")
            {
                database, keys
            };
        note.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var engine = Open(parsed.GetRequiredValue(database), parsed.GetValue(keys), terminal, readOnly: false);
            await using (engine.ConfigureAwait(false))
            {
                var protection = engine.GetRequiredService<TemplateProtection>();
                Reencryption done;
                using (var bar = new ProgressBar(terminal, "Templates", total: null))
                {
                    done = await protection.ReencryptAsync(note.Read(parsed), new Count(bar), cancellationToken).ConfigureAwait(false);
                }

                terminal.Tables.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{done.Reencrypted} templates are encrypted anew, with the key {done.KeyId}."));
                if (done.Unreadable > 0)
                {
                    terminal.WriteError(string.Create(
                        CultureInfo.InvariantCulture, $"{done.Unreadable} can't be read and are as they were: see 'frat keys list'."));
                }

                return done.Unreadable == 0 ? ExitCode.Ok : ExitCode.Failed;
            }
        });
        return command;
    }

    private static Command Remove(Terminal terminal)
    {
        var id = new Argument<string>("KEY") { Description = "The key's id, from 'frat keys list'." };
        var (database, keys, note) = (DatabaseOption.Create("--database"), KeysOption.Create(), new NoteOptions());
        var command = new Command(
            "remove", "Remove a key that protects nothing in the database any more. Backups that it protects can't be read then.")
            {
                id, database, keys
            };
        note.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetRequiredValue(database);
            if (FileOf(address, parsed.GetValue(keys), terminal) is not { } file)
            {
                return ExitCode.Usage;
            }

            var key = parsed.GetRequiredValue(id);
            if (await FindUseAsync(address, file, key, terminal, cancellationToken).ConfigureAwait(false) is { } use)
            {
                terminal.WriteError($"{use} the key {key}: run 'frat keys reencrypt' first.");
                return ExitCode.Failed;
            }

            var ring = TemplateKeyFile.Read(file);
            if (ring.Find(key) is null)
            {
                terminal.WriteError($"{file} has no key '{Terminal.Excerpt(key)}'.");
                return ExitCode.Failed;
            }

            if (ring.Current.Id == key)
            {
                terminal.WriteError(
                    $"{key} is the {(ring.Keys.Count == 1 ? "only" : "newest")} key: add one first, with 'frat keys rotate'.");
                return ExitCode.Failed;
            }

            // Sealed with the newest key, this entry vouches for what the old one had sealed.
            await AppendAsync(
                address,
                file,
                terminal,
                new() { Action = AuditActions.KeyRemoved, Old = $"key {key}", Note = note.Read(parsed) },
                cancellationToken).ConfigureAwait(false);
            TemplateKeyFile.Remove(file, key);
            terminal.Tables.WriteLine($"The key {key} is gone from {Terminal.Line(file)}.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<string?> FindUseAsync(
        DatabaseAddress address, string file, string key, Terminal terminal, CancellationToken cancellationToken)
    {
        var engine = Open(address, file, terminal, readOnly: true);
        await using (engine.ConfigureAwait(false))
        {
            var report = await engine.GetRequiredService<TemplateProtection>().CheckAsync(cancellationToken).ConfigureAwait(false);
            return report.Keys.TryGetValue(
                key, out var templates) ? string.Create(CultureInfo.InvariantCulture, $"{templates} templates are encrypted with")
                : report.People.TryGetValue(
                    key, out var people) ? string.Create(CultureInfo.InvariantCulture, $"{people} people are sealed with")
                : null;
        }
    }

    private static async Task AppendAsync(
        DatabaseAddress address, string file, Terminal terminal, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        var engine = Open(address, file, terminal, readOnly: false);
        await using (engine.ConfigureAwait(false))
        {
            await engine.GetRequiredService<IAuditTrail>().AppendAsync(auditEvent, cancellationToken).ConfigureAwait(false);
        }
    }

    // To look at keys, or to encrypt anew, is no reason to make a database.
    internal static ServiceProvider Open(DatabaseAddress database, string? keys, Terminal terminal, bool readOnly) =>
        database.Kind == DatabaseKind.Sqlite && !File.Exists(database.Name)
            ? throw new StoreException("Open", isTransient: false, $"There is no database {database.Name}.")
            : Engine.Create(database, terminal, readOnly, keys: keys);

    private static string? FileOf(DatabaseAddress? database, string? named, Terminal terminal)
    {
        if (named is null && Environment.GetEnvironmentVariable("FRAT_KEYS") is { Length: > 0 })
        {
            terminal.WriteError(
                "The keys are in FRAT_KEYS: change them there. 'frat keys create' prints a new one: put it before the others, with a "
                    + "comma between, until all hosts have it, and then behind them.");
            return null;
        }

        var file = named ?? (database?.Kind == DatabaseKind.Sqlite ? TemplateKeyFile.Beside(database.Name) : null);
        if (file is null)
        {
            terminal.WriteError("Name the file with the keys: --keys FILE.");
        }

        return file;
    }

    private sealed class Count(ProgressBar bar) : IProgress<int>
    {
        private int _seen;

        public void Report(int value)
        {
            for (; _seen < value; _seen++)
            {
                bar.Count();
            }
        }
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text;
using Frat.Storage.EfCore;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Frat.Cli.Database;

/// <summary><c>frat database</c>: the schema, for who doesn't have the host look after it.</summary>
internal static class DatabaseCommand
{
    private const string Description = """
        Look after the schema of FRAT's database. A host brings it up to date at its start, unless Frat:Migrate is Verify or Never: then
        these do it, such as from a pipeline and with an account that may make tables.
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal) => new("database", Description)
    {
        Status(terminal), Migrate(terminal), Script(terminal),
    };

    private static DatabaseAction Status(Terminal terminal) => new DatabaseAction(
        "status", "Say which migrations are applied and which are pending: 0 where the schema is this version's, 1 where it isn't.")
        .Does(terminal, readOnly: true, async (database, _, cancellationToken) =>
        {
            var status = await database.GetStatusAsync(cancellationToken).ConfigureAwait(false);
            Write("applied", status.Applied);
            Write("pending", status.Pending);
            Write("older", status.Older);
            Write("newer", status.Newer);
            return status.IsUpToDate ? ExitCode.Ok : ExitCode.Failed;

            void Write(string kind, IReadOnlyList<string> migrations)
            {
                foreach (var migration in migrations)
                {
                    terminal.Tables.WriteLine($"{kind,-7}  {migration}");
                }
            }
        });

    private static DatabaseAction Migrate(Terminal terminal) => new DatabaseAction(
        "migrate", "Apply what is pending: all of it, or nothing. Makes the tables, and SQLite's file, where they are missing.")
        .Does(terminal, readOnly: false, async (database, _, cancellationToken) =>
        {
            var pending = (await database.GetStatusAsync(cancellationToken).ConfigureAwait(false)).Pending;
            await database.MigrateAsync(cancellationToken).ConfigureAwait(false);
            terminal.Tables.WriteLine(pending.Count == 0
                ? "The schema was up to date."
                : string.Create(CultureInfo.InvariantCulture, $"{pending.Count} migration(s) applied, up to {pending[^1]}."));
            return ExitCode.Ok;
        });

    private static DatabaseAction Script(Terminal terminal)
    {
        var from = new Option<string?>("--from")
        {
            Description = "The newest migration that the database has. Default: it has none.", HelpName = "MIGRATION",
        };
        return new DatabaseAction(
            "script", "Print what 'migrate' would run, for sqlite3 or psql. The address only says which: the database isn't asked.")
            { from }
            .Does(terminal, readOnly: true, async (database, parsed, cancellationToken) =>
            {
                try
                {
                    var script = Encoding.UTF8.GetBytes(database.CreateScript(parsed.GetValue(from)));
                    await terminal.Output.WriteAsync(script, cancellationToken).ConfigureAwait(false);
                    return ExitCode.Ok;
                }
                catch (ArgumentException e) when (e.ParamName == "fromMigration")
                {
                    terminal.WriteError($"--from: {e.Message}");
                    return ExitCode.Usage;
                }
            });
    }

    /// <summary>A command on a database and its schema.</summary>
    private sealed class DatabaseAction : Command
    {
        private readonly Option<Hosting.DatabaseAddress> _database = DatabaseOption.Create("--database");

        private readonly Option<string?> _schema = new("--schema")
        {
            Description = "The schema of a PostgreSQL database that FRAT's tables are in. Default: the first of the search path.",
        };

        public DatabaseAction(string name, string description)
            : base(name, description)
        {
            Add(_database);
            Add(_schema);
        }

        public DatabaseAction Does(Terminal terminal, bool readOnly, Func<IFratDatabase, ParseResult, CancellationToken, Task<int>> action)
        {
            SetAction(async (parsed, cancellationToken) =>
            {
                ServiceProvider engine;
                try
                {
                    engine = Engine.Create(
                        parsed.GetRequiredValue(_database), terminal, readOnly, schema: parsed.GetValue(_schema));
                }
                catch (ArgumentException e) when (e.ParamName != "connectionString")
                {
                    terminal.WriteError($"--schema: {e.Message}");
                    return ExitCode.Usage;
                }

                await using (engine.ConfigureAwait(false))
                {
                    return await action(engine.GetRequiredService<IFratDatabase>(), parsed, cancellationToken).ConfigureAwait(false);
                }
            });
            return this;
        }
    }
}

using System.CommandLine;
using Frat.Cli.Database;
using Frat.Hosting;
using Microsoft.Data.Sqlite;
using Spectre.Console;

namespace Frat.Cli.Backup;

/// <summary><c>frat backup</c>: a copy of an SQLite database at one moment, while hosts write.</summary>
internal static class BackupCommand
{
    private const string Description = """
        Copy an SQLite database to a new file, as it is at one moment: hosts go on meanwhile, and everything that they had acknowledged when
        the copy began is in it. The copy is checked before it gets its name. The keys of the templates are not in it. PostgreSQL has
        pg_dump.
        """;

    // Of a page that others read while it is checkpointed.
    private const int BusySeconds = 30;

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var database = DatabaseOption.Create("--database");
        var file = new Argument<FileInfo>("FILE") { Description = "The file to make. One that is there stays as it is." };
        var command = new Command("backup", Description) { file, database };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(terminal, parsed.GetRequiredValue(database), parsed.GetRequiredValue(file), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, DatabaseAddress database, FileInfo file, CancellationToken cancellationToken)
    {
        if (database.Kind != DatabaseKind.Sqlite)
        {
            terminal.WriteError("This copies an SQLite database. Of one on PostgreSQL, pg_dump makes a backup.");
            return ExitCode.Usage;
        }

        if (!database.Exists(terminal))
        {
            return ExitCode.Failed;
        }

        if (Path.Exists(file.FullName))
        {
            terminal.WriteError($"{file} is there already, and stays as it is.");
            return ExitCode.Failed;
        }

        string? partial = null;
        try
        {
            // Empty, and for its owner alone: SQLite by itself would let everybody read it.
            await OutputFile.Create(file, out partial).DisposeAsync().ConfigureAwait(false);
            await CopyAsync(database.Name, partial, cancellationToken).ConfigureAwait(false);
            if (await FindDamageAsync(partial, cancellationToken).ConfigureAwait(false) is { } damage)
            {
                terminal.WriteError($"The copy is damaged, and isn't kept ({damage}). So is the database, or the disk.");
                return ExitCode.Failed;
            }

            // Where somebody has made a file by that name meanwhile, this fails.
            File.Move(partial, file.FullName);
            terminal.Tables.WriteLine($"{Terminal.Line(file.FullName)} is a checked copy. The keys of the templates are not in it: without "
                + "them nobody is recognised by it. Back them up as well, apart from it.");
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            terminal.WriteError(e.Message);
            return e is SqliteException ? ExitCode.Database : ExitCode.Failed;
        }
        finally
        {
            if (partial is not null)
            {
                File.Delete(partial);
            }
        }
    }

    // In one transaction that reads; it leaves out the pages that nothing uses any more.
    private static Task<bool> CopyAsync(string database, string copy, CancellationToken cancellationToken) => RunAsync(
        database,
        SqliteOpenMode.ReadOnly,
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandTimeout = BusySeconds;
            command.CommandText = "VACUUM INTO $copy";
            command.Parameters.AddWithValue("$copy", copy);
            command.ExecuteNonQuery();
            return true;
        },
        cancellationToken);

    private static async Task<string?> FindDamageAsync(string copy, CancellationToken cancellationToken)
    {
        var damage = await RunAsync(
            copy,
            SqliteOpenMode.ReadWrite,
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandTimeout = 0;
                command.CommandText = "PRAGMA integrity_check(1)";
                var found = (string)command.ExecuteScalar()!;
                command.CommandText = "PRAGMA foreign_key_check";
                using var broken = command.ExecuteReader();
                return found != "ok" ? found : broken.Read() ? $"a row of {broken.GetString(0)} belongs to none" : null;
            },
            cancellationToken).ConfigureAwait(false);
        using var file = new FileStream(copy, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return damage;
    }

    private static Task<T> RunAsync<T>(
        string file, SqliteOpenMode mode, Func<SqliteConnection, T> work, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var address = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false };
            using var connection = new SqliteConnection(address.ConnectionString);
            connection.Open();
            using var interrupt = cancellationToken.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));
            return work(connection);
        },
        cancellationToken);
}

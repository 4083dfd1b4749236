using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>Creates the database file, and brings its schema up to date.</summary>
internal sealed class SqliteSchema(SqliteDatabaseFile file, ILogger<SqliteSchema> logger)
{
    public const string HistoryTable = "frat_migrations";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task PrepareAsync(Func<DbContext> contexts, MigrateMode mode, CancellationToken cancellationToken)
    {
        if (mode == MigrateMode.AtStart)
        {
            SqliteFiles.Create(file);
        }
        else
        {
            SqliteFiles.Require(file, mode);
        }

        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await TryPrepareAsync(contexts, mode, started, cancellationToken).ConfigureAwait(false);
                SqliteFiles.CheckRights(file, logger);
                return;
            }
            catch (Exception exception) when (SqliteErrors.IsBusy(exception) && !file.HasWaitedLongEnough(started))
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Compares the schema with this version's, and makes no file.</summary>
    public async Task<DatabaseStatus> GetStatusAsync(Func<DbContext> contexts, CancellationToken cancellationToken)
    {
        var context = contexts();
        await using (context.ConfigureAwait(false))
        {
            return File.Exists(file.Path)
                ? await SchemaState.ReadAsync(context, cancellationToken).ConfigureAwait(false)
                : SchemaState.Compare(context, []);
        }
    }

    /// <summary>What <see cref="MigrateAsync"/> would run.</summary>
    public static string CreateScript(DbContext context, string? fromMigration) =>
        $"""
            -- FRAT's schema for SQLite. In one transaction: run it so that the first error ends it, such as with sqlite3 -bail.
            PRAGMA foreign_keys = OFF;
            BEGIN IMMEDIATE;

            {SchemaState.Script(context, fromMigration)}
            COMMIT;
            PRAGMA foreign_keys = ON;

            """;

    private async Task TryPrepareAsync(
        Func<DbContext> contexts, MigrateMode mode, long started, CancellationToken cancellationToken)
    {
        var context = contexts();
        await using (context.ConfigureAwait(false))
        {
            var pending = mode == MigrateMode.Never ? 0 : await FindPendingAsync(context, mode, cancellationToken).ConfigureAwait(false);
            if (!file.IsReadOnly)
            {
                // Readers then don't wait for the writer, nor the writer for readers. Kept in the file; a no-op when set. Before a
                // migration, so that none keeps old pages in a journal that is deleted and not overwritten.
                await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken).ConfigureAwait(false);
            }

            if (pending > 0)
            {
                var alone = await LockAsync(started, cancellationToken).ConfigureAwait(false);
                await using (alone.ConfigureAwait(false))
                {
                    await MigrateAsync(context, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>
    /// Runs what is pending in one transaction, so that a process that is killed in the middle leaves the database as it was. EF Core's own
    /// way would commit on the way: it turns foreign keys off where it makes a table anew, which SQLite does only outside of a transaction,
    /// so it is done before.
    /// </summary>
    private async Task MigrateAsync(DbContext context, CancellationToken cancellationToken)
    {
        // Another process may have done it while this one waited.
        var pending = await FindPendingAsync(context, MigrateMode.AtStart, cancellationToken).ConfigureAwait(false);
        if (pending == 0)
        {
            return;
        }

        await RunAsync(context, "PRAGMA foreign_keys=OFF;", cancellationToken).ConfigureAwait(false);
        try
        {
            await context.Database.CreateExecutionStrategy().ExecuteAsync(
                () => ApplyAsync(context, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            await RunAsync(context, "PRAGMA foreign_keys=ON;", CancellationToken.None).ConfigureAwait(false);
        }

        Log.Migrated(logger, file.Path, pending);
    }

    private static async Task ApplyAsync(DbContext context, CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
            await RunAsync(context, SchemaState.Script(context, applied.LastOrDefault()), cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Not ExecuteSqlRaw, which would take braces in a migration for parameters.
    private static async Task RunAsync(DbContext context, string sql, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var command = context.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> FindPendingAsync(DbContext context, MigrateMode mode, CancellationToken cancellationToken)
    {
        var status = await SchemaState.ReadAsync(context, cancellationToken).ConfigureAwait(false);
        SchemaState.RefuseUnknown(status, file.Path);
        if (mode == MigrateMode.Verify)
        {
            SchemaState.RefusePending(status, file.Path);
        }

        if (status.Pending.Count > 0)
        {
            var tables = await context.Database
                .SqlQuery<string>($"SELECT name AS \"Value\" FROM sqlite_master WHERE type IN ('table', 'view')")
                .ToListAsync(cancellationToken).ConfigureAwait(false);

            // Again, after the tables: those that another process of FRAT made in between are in its history by now.
            status = await SchemaState.ReadAsync(context, cancellationToken).ConfigureAwait(false);
            SchemaState.RefuseForeign(
                context, status, tables, file.Path, "Give FRAT a file of its own: name another one in the connection string.");
        }

        return status.Pending.Count;
    }

    /// <summary>
    /// Keeps other processes from migrating. The operating system frees the lock when the process ends, however it ends. The
    /// empty file stays: if it were deleted, two processes could hold a lock on two files of one name.
    /// </summary>
    private async Task<FileStream> LockAsync(long started, CancellationToken cancellationToken)
    {
        var path = file.Path + "-lock";
        while (true)
        {
            try
            {
                return SqliteFiles.OpenLock(path);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                if (file.HasWaitedLongEnough(started))
                {
                    throw new StoreException(
                        SchemaState.Operation,
                        isTransient: true,
                        $"Another process is bringing the database {file.Path} up to date. Try again in a moment.",
                        exception);
                }

                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StoreException(
                    SchemaState.Operation,
                    isTransient: false,
                    $"The folder of the database {file.Path} can't be written: {exception.Message}",
                    exception);
            }
        }
    }

    // A sharing violation: ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK of Linux and of macOS.
    private static bool IsHeld(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;
}

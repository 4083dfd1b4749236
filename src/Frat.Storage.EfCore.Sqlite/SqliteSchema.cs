using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>Creates the database file, and brings its schema up to date.</summary>
internal sealed class SqliteSchema(SqliteDatabaseFile file, IDbContextFactory<FratDbContext> contexts, ILogger<SqliteSchema> logger)
{
    public const string Operation = "Migrate";

    public const string HistoryTable = "frat_migrations";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        CreateFolder();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await TryPrepareAsync(started, cancellationToken).ConfigureAwait(false);
                CheckRights();
                return;
            }
            catch (Exception exception) when (SqliteErrors.IsBusy(exception) && !file.HasWaitedLongEnough(started))
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task TryPrepareAsync(long started, CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var pending = await FindPendingAsync(context, cancellationToken).ConfigureAwait(false);
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
    private async Task MigrateAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        // Another process may have done it while this one waited.
        var pending = await FindPendingAsync(context, cancellationToken).ConfigureAwait(false);
        if (pending == 0)
        {
            return;
        }

        await RunAsync(context, "PRAGMA foreign_keys=OFF;", cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
                var script = context.GetService<IMigrator>()
                    .GenerateScript(applied.LastOrDefault(), toMigration: null, MigrationsSqlGenerationOptions.NoTransactions);
                await RunAsync(context, script, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await RunAsync(context, "PRAGMA foreign_keys=ON;", CancellationToken.None).ConfigureAwait(false);
        }

        Log.Migrated(logger, file.Path, pending);
    }

    // Not ExecuteSqlRaw, which would take braces in a migration for parameters.
    private static async Task RunAsync(FratDbContext context, string sql, CancellationToken cancellationToken)
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

    private Task<int> FindPendingAsync(FratDbContext context, CancellationToken cancellationToken) =>
        PendingMigrations.CountAsync(context, Operation, file.Path, cancellationToken);

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
                return OpenLock(path);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                if (file.HasWaitedLongEnough(started))
                {
                    throw new EncodingStoreException(
                        Operation,
                        isTransient: true,
                        $"Another process is bringing the database {file.Path} up to date. Try again in a moment.",
                        exception);
                }

                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new EncodingStoreException(
                    Operation,
                    isTransient: false,
                    $"The folder of the database {file.Path} can't be written: {exception.Message}",
                    exception);
            }
        }
    }

    /// <summary>For the account that runs FRAT alone: who may open the file may also keep the lock, and then no host starts.</summary>
    private static FileStream OpenLock(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0
        };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        options.UnixCreateMode = OwnerOnly;
        if (File.Exists(path) && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            File.SetUnixFileMode(path, OwnerOnly); // An older version made it for everybody.
        }

        return new FileStream(path, options);
    }

    /// <summary>Names are in the clear, so a file that everybody on the machine may read is worth a word.</summary>
    private void CheckRights()
    {
        const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var path in new[] { file.Path, file.Path + "-wal", file.Path + "-shm" })
        {
            if (File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0)
            {
                Log.OpenToOthers(logger, path);
            }
        }
    }

    // A sharing violation: ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK of Linux and of macOS.
    private static bool IsHeld(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;

    /// <summary>
    /// Creates an empty file, which SQLite takes as a new database, for the account that runs FRAT alone: SQLite by itself would let
    /// everybody on the machine read it. It gives its -wal and -shm files the same rights.
    /// </summary>
    private void CreateFile()
    {
        if (OperatingSystem.IsWindows() || File.Exists(file.Path))
        {
            return;
        }

        using var created = new FileStream(file.Path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = OwnerOnly,
        });
    }

    private void CreateFolder()
    {
        if (Directory.Exists(file.Path))
        {
            throw new EncodingStoreException(
                Operation,
                isTransient: false,
                $"{file.Path} is a folder. The connection string must name a file, such as \"Data Source={Path.Combine(file.Path, "frat.db")}\".");
        }

        if (file.IsReadOnly)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
            CreateFile();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EncodingStoreException(
                Operation, isTransient: false, $"The folder for the database {file.Path} can't be created: {exception.Message}", exception);
        }
    }
}

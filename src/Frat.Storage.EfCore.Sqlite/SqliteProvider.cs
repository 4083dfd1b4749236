using System.Data;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>How work is run on an SQLite file, which lets one writer in at a time.</summary>
/// <remarks>
/// Writers of this process queue here, in order and without holding a thread; only the first of them competes with other
/// processes. The queue is for speed and fairness: what guards the data are transactions and unique constraints. Waiting is
/// bounded by the connection string's <c>Default Timeout</c>, counted from the call. It is real time, whatever the
/// application's clock is.
/// </remarks>
internal sealed class SqliteProvider(SqliteDatabaseFile file, SqliteSchema schema) : DatabaseProvider, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public override TimeSpan ChangePollInterval { get; } = TimeSpan.FromMilliseconds(250);

    // The transaction begins as a writer, so nothing that it has read changes before it ends.
    public override IsolationLevel WriteIsolation => IsolationLevel.Serializable;

    public override bool IsReadOnly => file.IsReadOnly;

    public override MigrateMode Migrate => file.Migrate;

    public override async Task PrepareAsync(Func<DbContext> contexts, MigrateMode mode, CancellationToken cancellationToken)
    {
        try
        {
            await schema.PrepareAsync(contexts, mode, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(SchemaState.Operation, exception) is { } translated)
        {
            throw translated;
        }
    }

    public override Task<DatabaseStatus> GetStatusAsync(Func<DbContext> contexts, CancellationToken cancellationToken) => ExecuteAsync(
        SchemaState.Operation, writes: false, cancel => schema.GetStatusAsync(contexts, cancel), cancellationToken);

    public override string CreateScript(DbContext context, string? fromMigration) => SqliteSchema.CreateScript(context, fromMigration);

    public override void Connect(DbContextOptionsBuilder options, string historyTable) =>
        SqliteContextOptions.Share(options, file, historyTable, new SqliteTurn(this));

    /// <summary>Waits for the turn to write.</summary>
    /// <exception cref="StoreException">It took too long.</exception>
    public async Task TakeTurnAsync(string operation, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(file.LockTimeout, cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(
                operation,
                isTransient: true,
                $"The database {file.Path} is busy: earlier calls have waited for it for {file.LockTimeout.TotalSeconds} s. Try again in "
                    + "a moment.");
        }
    }

    /// <summary>Lets the next writer in.</summary>
    public void EndTurn() => _turn.Release();

    public override async Task<T> ExecuteAsync<T>(
        string operation, bool writes, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        if (writes)
        {
            await TakeTurnAsync(operation, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await RetryAsync(work, started, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (writes)
            {
                EndTurn();
            }
        }
    }

    // The one writer holds the whole file.
    public override Task LockPersonAsync(FratDbContext context, Guid personId, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task LockTrailAsync(FratDbContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    // Deferred: it takes no lock but that on what it reads.
    public override async Task<IDbContextTransaction> BeginSnapshotAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var transaction = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await context.Database.UseTransactionAsync(transaction, cancellationToken).ConfigureAwait(false))!;
    }

    public override async Task<bool> CutLogAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var connection = context.Database.GetDbConnection();
        try
        {
            // Who reads now is done in a moment; anyone who waits here holds up the writers.
            await RunAsync("PRAGMA busy_timeout=20;").ConfigureAwait(false);
            return await RunAsync("PRAGMA wal_checkpoint(TRUNCATE);").ConfigureAwait(false) is 0L; // 1: others read from the log.
        }
        finally
        {
            await RunAsync(SqlitePragmas.BusyTimeout).ConfigureAwait(false);
        }

        async Task<object?> RunAsync(string sql)
        {
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = sql;
                return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override StoreException? Translate(string operation, Exception exception) =>
        SqliteErrors.Translate(operation, file, exception);

    public void Dispose()
    {
        _turn.Dispose();

        // Closes the pooled connections: SQLite then brings the write-ahead log into the file, and lets go of both.
        using var connection = new SqliteConnection(file.ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    private async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> work, long started, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await work(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (SqliteErrors.IsBusy(exception) && !file.HasWaitedLongEnough(started))
            {
                await Task.Delay(SqliteErrors.PauseAfter(failures), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

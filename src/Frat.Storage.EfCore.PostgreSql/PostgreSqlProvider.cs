using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>How work is run on PostgreSQL, which lets many writers in at a time.</summary>
/// <remarks>
/// Writers are READ COMMITTED: what would collide locks the person, and the rest is for unique constraints. What fails because of
/// another writer, or because the server is away, is tried again for as long as the connection string's <c>Timeout</c> says,
/// counted from the call. It is real time, whatever the application's clock is.
/// </remarks>
internal sealed class PostgreSqlProvider(
    PostgreSqlDatabase database, PostgreSqlSchema schema, IDbContextFactory<FratDbContext> contexts, ILogger<PostgreSqlProvider> logger)
    : DatabaseProvider
{
    /// <summary>
    /// The server tells of changes at once: see <see cref="PostgreSqlChangeListener"/>. This is for when it can't, or when nobody
    /// has noticed yet that the connection is dead: a person who was revoked has to be unknown within a second all the same.
    /// </summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);


    private static readonly TimeSpan StatusPause = TimeSpan.FromMilliseconds(50);

    public override TimeSpan ChangePollInterval => PollInterval;

    public override bool IsReadOnly => database.IsReadOnly;

    public override IsolationLevel WriteIsolation => IsolationLevel.ReadCommitted;

    public override MigrateMode Migrate => database.Migrate;

    public override void Connect(DbContextOptionsBuilder options, string historyTable) =>
        PostgreSqlContextOptions.Share(options, database, historyTable);

    public override Task<DatabaseStatus> GetStatusAsync(Func<DbContext> contexts, CancellationToken cancellationToken) => ExecuteAsync(
        SchemaState.Operation, writes: false, cancel => PostgreSqlSchema.GetStatusAsync(contexts, cancel), cancellationToken);

    public override string CreateScript(DbContext context, string? fromMigration) => schema.CreateScript(context, fromMigration);

    public override async Task PrepareAsync(Func<DbContext> contexts, MigrateMode mode, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(
                SchemaState.Operation,
                writes: true,
                async cancel =>
                {
                    await schema.PrepareAsync(contexts, mode, cancel).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(SchemaState.Operation, exception) is { } translated)
        {
            throw translated;
        }
    }

    public override async Task<T> ExecuteAsync<T>(
        string operation, bool writes, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        // Only to be asked for the services that the strategy needs: it opens no connection.
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            return await new PostgreSqlRetries(context, database, operation, logger)
                .ExecuteAsync(
                    work, static (_, work, cancel) => work(cancel), verifySucceeded: null, cancellationToken).ConfigureAwait(false);
        }
    }

    // Not FOR UPDATE, which would also wait for every row that only refers to the person.
    public override Task LockPersonAsync(FratDbContext context, Guid personId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT FROM people WHERE id = {personId} FOR NO KEY UPDATE", cancellationToken);

    // Readers don't wait for it.
    public override Task LockTrailAsync(FratDbContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync("LOCK TABLE audit_head IN EXCLUSIVE MODE", cancellationToken);

    public override Task<IDbContextTransaction> BeginSnapshotAsync(FratDbContext context, CancellationToken cancellationToken) =>
        context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    // The number, "FRAT" in ASCII, keeps it apart from other applications' locks on the same text; the schema, from another tenant's.
    public override Task LockEmployeeIdAsync(FratDbContext context, string employeeId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || {employeeId}, 1179795796))", cancellationToken);

    // Null where nothing was written: then there is nothing to be sure of.
    public override async Task<string?> IdentifyAsync(FratDbContext context, CancellationToken cancellationToken) =>
        await context.Database.SqlQuery<string?>($"SELECT pg_current_xact_id_if_assigned()::text AS \"Value\"")
            .SingleAsync(cancellationToken).ConfigureAwait(false);

    public override async Task<bool> HasCommittedAsync(FratDbContext context, string transaction, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = await context.Database.SqlQuery<string?>($"SELECT pg_xact_status({transaction}::xid8) AS \"Value\"")
                .SingleAsync(cancellationToken).ConfigureAwait(false);
            if (status != "in progress")
            {
                return status == "committed";
            }

            // The server has not noticed yet that the connection is gone.
            await Task.Delay(StatusPause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    public override StoreException? Translate(string operation, Exception exception) =>
        PostgreSqlErrors.Translate(operation, database, exception);
}

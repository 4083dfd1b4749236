using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>Creates the tables, and brings them up to date.</summary>
internal sealed class PostgreSqlSchema(
    PostgreSqlDatabase database, IDbContextFactory<FratDbContext> contexts, ILogger<PostgreSqlSchema> logger)
{
    public const string Operation = "Migrate";

    public const string HistoryTable = "frat_migrations";

    /// <summary>"FRAT" in ASCII: other applications in the same database have to choose another number.</summary>
    private const int LockKey = 0x46524154;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            await CheckSettingsAsync(context, cancellationToken).ConfigureAwait(false);
            if (await FindPendingAsync(context, cancellationToken).ConfigureAwait(false) > 0)
            {
                await MigrateAsync(context, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// One process at a time: the others wait, and find it done. The lock belongs to a transaction of a connection of its own, so it
    /// goes with the process, however that ends, and also holds through a pooler between here and the server.
    /// </summary>
    private async Task MigrateAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var guard = await database.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (guard.ConfigureAwait(false))
        {
            var transaction = await guard.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                while (!await TryLockAsync(guard, cancellationToken).ConfigureAwait(false))
                {
                    if (database.Patience != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(started) >= database.Patience)
                    {
                        throw new EncodingStoreException(
                            Operation,
                            isTransient: true,
                            $"Another process is bringing the database {database.Name} up to date. Try again in a moment.");
                    }

                    await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                }

                // Another process may have done it while this one waited.
                var pending = await FindPendingAsync(context, cancellationToken).ConfigureAwait(false);
                if (pending > 0)
                {
                    // A large table may take its time.
                    context.Database.SetCommandTimeout(TimeSpan.Zero);
                    await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
                    Log.Migrated(logger, database.Name, pending);
                }
            }
        }
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection guard, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock({LockKey}, 0)", guard);
        await using (command.ConfigureAwait(false))
        {
            return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
    }

    private Task<int> FindPendingAsync(FratDbContext context, CancellationToken cancellationToken) =>
        PendingMigrations.CountAsync(context, Operation, database.Name, cancellationToken);

    private async Task CheckSettingsAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        if (database.IsOpenToOthers)
        {
            Log.NotVerified(logger, database.Name);
        }

        var settings = await context.Database
            .SqlQuery<string>(
                $"SELECT name || '=' || setting AS \"Value\" FROM pg_settings WHERE name IN ('server_encoding', 'fsync', 'synchronous_commit')")
            .ToDictionaryAsync(pair => pair.Split('=')[0], pair => pair.Split('=')[1], cancellationToken).ConfigureAwait(false);
        if (settings["server_encoding"] is not "UTF8" and var encoding)
        {
            throw new EncodingStoreException(
                Operation,
                isTransient: false,
                $"The database {database.Name} has the encoding {encoding}, which can't hold every name. Make one with UTF8: createdb --encoding=UTF8 --template=template0 {database.DatabaseName}");
        }

        foreach (var setting in settings.Where(setting => setting.Value == "off"))
        {
            Log.NotDurable(logger, database.Name, setting.Key);
        }
    }
}

using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>Creates the tables, and brings them up to date.</summary>
internal sealed class PostgreSqlSchema(PostgreSqlDatabase database, ILogger<PostgreSqlSchema> logger)
{
    public const string HistoryTable = "frat_migrations";

    /// <summary>"FRAT" in ASCII: other applications in the same database have to choose another number.</summary>
    private const int LockKey = 0x46524154;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Compares the schema with this version's.</summary>
    public static async Task<DatabaseStatus> GetStatusAsync(Func<DbContext> contexts, CancellationToken cancellationToken)
    {
        var context = contexts();
        await using (context.ConfigureAwait(false))
        {
            return await SchemaState.ReadAsync(context, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What <see cref="MigrateAsync"/> would run.</summary>
    public string CreateScript(DbContext context, string? fromMigration)
    {
        var place = database.Quoted is { } schema ? $"CREATE SCHEMA IF NOT EXISTS {schema};\nSET LOCAL search_path TO {schema};\n" : "";
        return $"""
            -- FRAT's schema for PostgreSQL. In one transaction: have the first error end it, such as by psql -v ON_ERROR_STOP=1.
            BEGIN;
            {place}
            {SchemaState.Script(context, fromMigration)}
            COMMIT;

            """;
    }

    public async Task PrepareAsync(Func<DbContext> contexts, MigrateMode mode, CancellationToken cancellationToken)
    {
        var context = contexts();
        await using (context.ConfigureAwait(false))
        {
            await CheckSettingsAsync(context, cancellationToken).ConfigureAwait(false);
            if (mode != MigrateMode.Never && await FindPendingAsync(context, mode, cancellationToken).ConfigureAwait(false) > 0)
            {
                await MigrateAsync(context, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// One process at a time: the others wait, and find it done. The lock belongs to a transaction of a connection of its own, so it
    /// goes with the process, however that ends, and also holds through a pooler between here and the server.
    /// </summary>
    private async Task MigrateAsync(DbContext context, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var guard = database.Source.CreateConnection();
        await using (guard.ConfigureAwait(false))
        {
            await database.OpenAsync(guard, cancellationToken).ConfigureAwait(false);
            var transaction = await guard.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                while (!await TryLockAsync(guard, cancellationToken).ConfigureAwait(false))
                {
                    if (database.Patience != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(started) >= database.Patience)
                    {
                        throw new StoreException(
                            SchemaState.Operation,
                            isTransient: true,
                            $"Another process is bringing the database {database.Name} up to date. Try again in a moment.");
                    }

                    await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                }

                // Another process may have done it while this one waited.
                var pending = await FindPendingAsync(context, MigrateMode.AtStart, cancellationToken).ConfigureAwait(false);
                if (pending > 0)
                {
                    await MakeSchemaAsync(context, cancellationToken).ConfigureAwait(false);

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

    private async Task<int> FindPendingAsync(DbContext context, MigrateMode mode, CancellationToken cancellationToken)
    {
        var status = await SchemaState.ReadAsync(context, cancellationToken).ConfigureAwait(false);
        SchemaState.RefuseUnknown(status, database.Name);
        if (mode == MigrateMode.Verify)
        {
            SchemaState.RefusePending(status, database.Name);
        }

        if (status.Pending.Count > 0)
        {
            var tables = await context.Database
                .SqlQuery<string>(
                    $"""
                    SELECT c.relname::text AS "Value" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    """)
                .ToListAsync(cancellationToken).ConfigureAwait(false);

            // Again, after the tables: those that another process of FRAT made in between are in its history by now.
            status = await SchemaState.ReadAsync(context, cancellationToken).ConfigureAwait(false);
            SchemaState.RefuseForeign(
                context, status, tables, database.Name, "Give FRAT a schema of its own (Schema, or the key Frat:Schema), or a database.");
        }

        return status.Pending.Count;
    }

    private async Task MakeSchemaAsync(DbContext context, CancellationToken cancellationToken)
    {
        // Asked first: who may not make schemas may use one that is there.
        if (database.Schema is { } schema && !await context.Database
            .SqlQuery<bool>($"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = {schema}) AS \"Value\"")
            .SingleAsync(cancellationToken).ConfigureAwait(false))
        {
            var sql = $"CREATE SCHEMA IF NOT EXISTS {database.Quoted}"; // A name can't be a parameter; this one is checked.
            await context.Database.ExecuteSqlRawAsync(sql, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CheckSettingsAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (database.IsOpenToOthers)
        {
            Log.NotVerified(logger, database.Name);
        }

        var settings = await context.Database
            .SqlQuery<string>(
                $"""
                SELECT name || '=' || setting AS "Value" FROM pg_settings WHERE name IN ('server_encoding', 'fsync', 'synchronous_commit')
                """)
            .ToDictionaryAsync(pair => pair.Split('=')[0], pair => pair.Split('=')[1], cancellationToken).ConfigureAwait(false);
        if (settings["server_encoding"] is not "UTF8" and var encoding)
        {
            throw new StoreException(
                SchemaState.Operation,
                isTransient: false,
                $"The database {database.Name} has the encoding {encoding}, which can't hold every name. Make one with UTF8: createdb "
                    + $"--encoding=UTF8 --template=template0 {database.DatabaseName}");
        }

        foreach (var setting in settings.Where(setting => setting.Value == "off"))
        {
            Log.NotDurable(logger, database.Name, setting.Key);
        }
    }
}

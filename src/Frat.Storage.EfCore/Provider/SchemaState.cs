using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Frat.Storage.EfCore;

/// <summary>Compares a database's schema with the one that this version knows.</summary>
internal static class SchemaState
{
    public const string Operation = "Migrate";

    /// <summary>Reads what is applied.</summary>
    public static async Task<DatabaseStatus> ReadAsync(DbContext context, CancellationToken cancellationToken) =>
        Compare(context, [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false)]);

    /// <summary>What the status is where these are applied.</summary>
    public static DatabaseStatus Compare(DbContext context, List<string> applied)
    {
        var known = context.Database.GetMigrations().ToList();
        var unknown = applied.Except(known).ToLookup(id => string.CompareOrdinal(id, known[0]) < 0);
        return new DatabaseStatus
        {
            Applied = [.. applied.Intersect(known)],
            Pending = [.. known.Except(applied)],
            Older = [.. unknown[true]],
            Newer = [.. unknown[false]],
        };
    }

    /// <summary>Refuses a database that a newer version has been at, or a development version before the first release.</summary>
    /// <exception cref="StoreException">One has.</exception>
    public static void RefuseUnknown(DatabaseStatus status, string database)
    {
        if (status.Older is [.., var older])
        {
            throw Failure(
                $"The database {database} was made by a development version of FRAT, before the first release ({older}), and can't be "
                    + "brought up to date. Nothing was changed. Give FRAT a new database and enrol people again; what the old one holds, "
                    + "the version that made it still reads and exports.");
        }

        if (status.Newer is [var newer, ..])
        {
            throw Failure(
                $"The database {database} was brought up to date by a newer version of FRAT ({newer}). Run that version or a later one, "
                    + "or restore a backup from before.");
        }
    }

    /// <summary>Refuses a database that lacks migrations.</summary>
    /// <exception cref="StoreException">It does.</exception>
    public static void RefusePending(DatabaseStatus status, string database)
    {
        if (status.Pending is [var pending, ..])
        {
            throw Failure(
                $"The database {database} lacks {status.Pending.Count} migration(s) of this version of FRAT, from {pending} on, and they "
                    + "are not to be applied at the start (MigrateMode.Verify). Run `frat database migrate`, or the script that `frat "
                    + "database script` prints; or, for tables of the application's own, have that call IFratDatabase.MigrateAsync().");
        }
    }

    /// <summary>Refuses a database that has tables of somebody else's in the places of those that FRAT would make.</summary>
    /// <param name="context">A context of the database.</param>
    /// <param name="status">Its status.</param>
    /// <param name="tables">The names of the tables that are there.</param>
    /// <param name="database">What messages call it.</param>
    /// <param name="advice">What to do about it: a sentence.</param>
    /// <exception cref="StoreException">It has.</exception>
    public static void RefuseForeign(
        DbContext context, DatabaseStatus status, IEnumerable<string> tables, string database, string advice)
    {
        var foreign = TablesOf(context, status.Pending).Except(TablesOf(context, status.Applied))
            .Intersect(tables, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        if (foreign.Count > 0)
        {
            throw Failure(
                $"The database {database} has tables of another application by names that FRAT's have: {string.Join(", ", foreign)}. "
                    + $"Nothing was changed. {advice}");
        }
    }

    /// <summary>The statements of the migrations after one, without a transaction.</summary>
    /// <exception cref="ArgumentException">There is no such migration.</exception>
    public static string Script(DbContext context, string? fromMigration) =>
        fromMigration is null || context.Database.GetMigrations().Contains(fromMigration, StringComparer.Ordinal)
            ? context.GetService<IMigrator>().GenerateScript(
                fromMigration, toMigration: null, MigrationsSqlGenerationOptions.NoTransactions)
            : throw new ArgumentException(
                $"This version of FRAT has no such migration. It has {string.Join(", ", context.Database.GetMigrations())}.",
                nameof(fromMigration));

    /// <summary>What to throw of a schema.</summary>
    public static StoreException Failure(string message) => new(Operation, isTransient: false, message);

    private static IEnumerable<string> TablesOf(DbContext context, IEnumerable<string> migrations)
    {
        var assembly = context.GetService<IMigrationsAssembly>();
        return migrations
            .SelectMany(id => assembly.CreateMigration(assembly.Migrations[id], context.Database.ProviderName!).UpOperations)
            .OfType<CreateTableOperation>().Select(table => table.Name);
    }
}

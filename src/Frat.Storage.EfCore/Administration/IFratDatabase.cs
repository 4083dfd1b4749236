namespace Frat.Storage.EfCore;

/// <summary>
/// Looks after the schema of FRAT's database, for who doesn't have the host do it at its start (<see cref="MigrateMode"/>). Every
/// <c>Use…()</c> of a database adds it. It needs no keys and no models. Thread-safe.
/// </summary>
public interface IFratDatabase
{
    /// <summary>
    /// Compares the schema with this version's, and with those of contexts that share the database
    /// (<c>ShareDatabase()</c>). Changes nothing; a file that isn't there yet has everything pending.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">The database can't be read.</exception>
    Task<DatabaseStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Applies what is pending, by one process at a time: all of it or nothing. Makes the tables, and the file of SQLite, where they are
    /// missing. Hosts of an older version should be stopped. Contexts that share the database follow, each by itself.
    /// </summary>
    /// <param name="cancellationToken">Gives up before the change is committed.</param>
    /// <exception cref="StoreException">
    /// It failed, a newer version of FRAT was there, or another application has tables by FRAT's names there. Nothing was changed.
    /// </exception>
    Task MigrateAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// What <see cref="MigrateAsync"/> would run, as SQL for the database's own tool. Nothing is asked of the database: the script doesn't
    /// look for what is there, and is run once, by one who has stopped the hosts. It is of FRAT's tables alone.
    /// </summary>
    /// <param name="fromMigration">The newest migration that is applied; null for a database without tables.</param>
    /// <returns>The script, in one transaction. Empty of statements where nothing comes after <paramref name="fromMigration"/>.</returns>
    /// <exception cref="ArgumentException">This version knows no such migration.</exception>
    string CreateScript(string? fromMigration = null);

    /// <summary>What an exception of the database means, for contexts that share it: FRAT's own stores have done so already.</summary>
    /// <param name="operation">What was being done, such as <c>SignIn</c>.</param>
    /// <param name="exception">What was thrown.</param>
    /// <returns>Null when the exception doesn't come from the database.</returns>
    StoreException? Translate(string operation, Exception exception);
}

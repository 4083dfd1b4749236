using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Frat.Storage.EfCore;

/// <summary>What differs between databases. Thread-safe; one for the process.</summary>
internal abstract class DatabaseProvider
{
    /// <summary>How often to look for changes that other processes made; well below the second that the contract gives.</summary>
    public abstract TimeSpan ChangePollInterval { get; }

    /// <summary>Whether the database is opened so that nothing in it can be changed.</summary>
    public virtual bool IsReadOnly => false;

    /// <summary>The isolation of the transactions that write.</summary>
    public abstract IsolationLevel WriteIsolation { get; }

    /// <summary>What becomes of an older schema when a host starts.</summary>
    public abstract MigrateMode Migrate { get; }

    /// <summary>
    /// Connects a context of the application's own to the database, as FRAT's are: by the same connections, and in its turn among the
    /// writers.
    /// </summary>
    /// <param name="options">The options of the context.</param>
    /// <param name="historyTable">The table that tells which of its migrations are applied.</param>
    public abstract void Connect(DbContextOptionsBuilder options, string historyTable);

    /// <summary>Makes the tables of a context ready, as far as the mode says.</summary>
    public abstract Task PrepareAsync(Func<DbContext> contexts, MigrateMode mode, CancellationToken cancellationToken);

    /// <summary>Compares the schema with that of a context. Makes nothing. Exceptions are the database's own.</summary>
    public abstract Task<DatabaseStatus> GetStatusAsync(Func<DbContext> contexts, CancellationToken cancellationToken);

    /// <summary>Writes down what would be applied, after a migration or from the beginning on.</summary>
    public abstract string CreateScript(DbContext context, string? fromMigration);

    /// <summary>Runs work that fails whole or succeeds whole, again where a failure passes by itself, within a bound.</summary>
    /// <param name="operation">What is being done.</param>
    /// <param name="writes">Whether the work needs its turn among the writers.</param>
    /// <param name="work">The work; it makes its own context.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public abstract Task<T> ExecuteAsync<T>(
        string operation, bool writes, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Within a transaction, keeps other writers from this person's records until it ends, so that what is read after this call
    /// still holds when it commits. Someone who isn't there locks nothing.
    /// </summary>
    public abstract Task LockPersonAsync(FratDbContext context, Guid personId, CancellationToken cancellationToken);

    /// <summary>
    /// Within a transaction, keeps others from writing to the audit trail until it ends; what is read of the trail after this call is its
    /// end.
    /// </summary>
    public abstract Task LockTrailAsync(FratDbContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a transaction in which several queries see the database as it is at one moment, and in which nothing is written.
    /// </summary>
    public abstract Task<IDbContextTransaction> BeginSnapshotAsync(FratDbContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Within a transaction, keeps others from enrolling somebody by the same ID until it ends. A unique constraint guards it all the same;
    /// but who runs into that on a server has the ID written to the server's log.
    /// </summary>
    public virtual Task LockEmployeeIdAsync(FratDbContext context, string employeeId, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>What the open transaction can be found by later, when it isn't known whether it was committed.</summary>
    /// <returns>Null where a commit can't stay without an answer.</returns>
    public virtual Task<string?> IdentifyAsync(FratDbContext context, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    /// <summary>Whether a transaction of an earlier attempt was committed.</summary>
    public virtual Task<bool> HasCommittedAsync(FratDbContext context, string transaction, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <summary>
    /// Takes what was deleted out of the database's log, within its turn among the writers and without waiting for readers.
    /// </summary>
    /// <returns>False when others read from the log. True, too, where the log isn't this program's business.</returns>
    public virtual Task<bool> CutLogAsync(FratDbContext context, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Turns the provider's exception into the contract's.</summary>
    /// <returns>Null when the exception doesn't come from the database.</returns>
    public abstract StoreException? Translate(string operation, Exception exception);
}

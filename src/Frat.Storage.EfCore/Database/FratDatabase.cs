using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Runs the stores' work on the database, and lets no exception of a provider out.</summary>
/// <remarks>
/// The database is made ready by <see cref="DatabaseStartup"/> when a host starts, or else at the first call, so that the
/// stores also work where there is no host.
/// </remarks>
internal sealed class FratDatabase(
    IDbContextFactory<FratDbContext> contexts, DatabaseProvider provider, AuditChain chain) : IDisposable
{
    private readonly SemaphoreSlim _preparing = new(1);
    private volatile bool _prepared;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_prepared)
        {
            return;
        }

        await _preparing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_prepared)
            {
                await provider.PrepareAsync(contexts.CreateDbContext, provider.Migrate, cancellationToken).ConfigureAwait(false);
                _prepared = provider.IsReadOnly
                    || await TranslateAsync("Prepare", () => BeginTrailAsync(cancellationToken)).ConfigureAwait(false);
            }
        }
        finally
        {
            _preparing.Release();
        }
    }

    /// <summary>Reads, outside any transaction: one query.</summary>
    public Task<T> ReadAsync<T>(
        string operation, Func<FratDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(operation, writes: false, work, cancellationToken);

    /// <summary>
    /// Reads and writes in one transaction. The work may run more than once, but never after an attempt that was stored: where a
    /// connection broke before the commit was answered, the database is asked. SQLite lets one writer in at a time; on other databases
    /// the work has to call <see cref="LockPersonAsync"/> before it reads what it derives from, and leave the rest to unique
    /// constraints: where one of those is hit, the work runs again and finds what was in its way.
    /// </summary>
    public Task<T> WriteAsync<T>(
        string operation, Func<FratDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        (string Transaction, T Result)? unanswered = null;
        return RunAsync(operation, writes: true, AttemptAsync, cancellationToken);

        async Task<T> AttemptAsync(FratDbContext context, CancellationToken cancel)
        {
            if (unanswered is { } earlier && await provider.HasCommittedAsync(context, earlier.Transaction, cancel).ConfigureAwait(false))
            {
                return earlier.Result;
            }

            unanswered = null;
            context.Trail.Clear(); // Contexts are used again.
            var transaction = await context.Database.BeginTransactionAsync(provider.WriteIsolation, cancel).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var result = await work(context, cancel).ConfigureAwait(false);
                await context.SaveChangesAsync(cancel).ConfigureAwait(false);
                if (context.Trail.Count > 0)
                {
                    await chain.AppendAsync(context, cancel).ConfigureAwait(false);
                }

                if (await provider.IdentifyAsync(context, cancel).ConfigureAwait(false) is { } id)
                {
                    unanswered = (id, result);
                }

                // Past this point giving up would only hide whether it is stored.
                await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                return result;
            }
        }
    }

    /// <summary>
    /// Does work that writes, and takes it back: in a transaction that is never committed. Nobody ever sees what it wrote.
    /// </summary>
    public Task<T> RehearseAsync<T>(
        string operation, Func<FratDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            operation,
            writes: true,
            async (context, cancel) =>
            {
                context.Trail.Clear();
                var transaction = await context.Database.BeginTransactionAsync(provider.WriteIsolation, cancel).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    var result = await work(context, cancel).ConfigureAwait(false);
                    await context.SaveChangesAsync(cancel).ConfigureAwait(false);
                    await provider.IdentifyAsync(context, cancel).ConfigureAwait(false);
                    await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
                    return result;
                }
            },
            cancellationToken);

    /// <inheritdoc cref="DatabaseProvider.LockPersonAsync"/>
    public Task LockPersonAsync(FratDbContext context, Guid personId, CancellationToken cancellationToken) =>
        provider.LockPersonAsync(context, personId, cancellationToken);

    /// <summary>Reads row by row: the memory that it takes doesn't grow with the rows.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(
        string operation, Func<FratDbContext, IQueryable<T>> query, CancellationToken cancellationToken) =>
        StreamAsync(operation, (context, _) => query(context).AsAsyncEnumerable(), cancellationToken);

    /// <summary>Reads row by row, so that a damaged one doesn't end the stream.</summary>
    public IAsyncEnumerable<RawRow> StreamRowsAsync(
        string operation, Func<FratDbContext, IQueryable> query, CancellationToken cancellationToken) =>
        StreamAsync(operation, (context, cancel) => RawRow.ReadAsync(context, query(context), cancel), cancellationToken);

    /// <summary>Seals the beginning of the audit trail in a database that was made just now.</summary>
    /// <returns>False when that has to wait for keys.</returns>
    private Task<bool> BeginTrailAsync(CancellationToken cancellationToken) => provider.ExecuteAsync(
        "Prepare",
        writes: true,
        async cancel =>
        {
            var context = await contexts.CreateDbContextAsync(cancel).ConfigureAwait(false);
            await using (context.ConfigureAwait(false))
            {
                if (!await TemplateVault.IsEmptyAsync(context, cancel).ConfigureAwait(false))
                {
                    return true;
                }

                var transaction = await context.Database.BeginTransactionAsync(provider.WriteIsolation, cancel).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    var begun = await chain.BeginAsync(context, cancel).ConfigureAwait(false);
                    await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                    return begun;
                }
            }
        },
        cancellationToken);

    private async IAsyncEnumerable<T> StreamAsync<T>(
        string operation,
        Func<FratDbContext, CancellationToken, IAsyncEnumerable<T>> open,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            IAsyncEnumerator<T>? rows = null;
            try
            {
                for (var found = await FirstAsync().ConfigureAwait(false); found; found = await NextAsync().ConfigureAwait(false))
                {
                    yield return rows!.Current;

                    // Rows that have arrived already are given without a look at the token.
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
            finally
            {
                if (rows is not null)
                {
                    await rows.DisposeAsync().ConfigureAwait(false);
                }
            }

            // Only the start may be tried again: nothing has been handed out yet.
            Task<bool> FirstAsync() => TranslateAsync(operation, () => provider.ExecuteAsync(
                operation,
                writes: false,
                async cancel =>
                {
                    if (rows is not null)
                    {
                        await rows.DisposeAsync().ConfigureAwait(false);
                    }

                    rows = open(context, cancel).GetAsyncEnumerator(cancel);
                    return await rows.MoveNextAsync().ConfigureAwait(false);
                },
                cancellationToken));

            Task<bool> NextAsync() => TranslateAsync(operation, () => rows!.MoveNextAsync().AsTask());
        }
    }

    public void Dispose() => _preparing.Dispose();

    private async Task<T> RunAsync<T>(
        string operation, bool writes, Func<FratDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        return await TranslateAsync(
            operation, () => provider.ExecuteAsync(operation, writes, Attempt, cancellationToken)).ConfigureAwait(false);

        // A context for each attempt: the tracked rows of a failed one must not be written by the next.
        async Task<T> Attempt(CancellationToken cancel)
        {
            var context = await contexts.CreateDbContextAsync(cancel).ConfigureAwait(false);
            await using (context.ConfigureAwait(false))
            {
                return await work(context, cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task<T> TranslateAsync<T>(string operation, Func<Task<T>> work)
    {
        StoreException? translated = null;
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when ((translated = provider.Translate(operation, exception)) is not null)
        {
            throw translated;
        }
        catch (TemplateKeyException exception)
        {
            throw TemplateVault.Translate(operation, exception);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new StoreException(
                operation,
                isTransient: false,
                "A row that was read has a value that can't be: somebody changed it beside FRAT, or the file is damaged. "
                    + $"{exception.Message}",
                exception);
        }
    }

    // SQLite keeps whatever is written to a column, and only who reads it finds that it is no date, no id, or nothing at all.
    private static bool IsDamage(Exception exception) =>
        exception is FormatException or InvalidCastException or OverflowException or DamagedRowException
        || (exception is InvalidOperationException && exception.Source is "Microsoft.Data.Sqlite" or "Npgsql");
}

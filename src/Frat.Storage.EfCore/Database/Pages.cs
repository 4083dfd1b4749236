using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>A part of a stream.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Next">Where the next part begins; null after the last one.</param>
internal sealed record Page<T, TCursor>(IReadOnlyList<T> Rows, TCursor? Next)
    where TCursor : class;

/// <summary>
/// Reads streams in pages, each with a query of its own that begins behind the key where the last one ended. While the consumer is slow,
/// nothing of the database is held: on SQLite a reader that stays would keep the log, and with it what was deleted, from being cut. A row
/// whose key stays is given once, whatever is written meanwhile; what is added behind the key is given, too.
/// </summary>
internal static class Pages
{
    /// <summary>How many rows are in memory at once.</summary>
    public const int Size = 1_000;

    /// <summary>Reads pages as long as there are any. One that fails for a moment is read again.</summary>
    public static async IAsyncEnumerable<T> StreamPagesAsync<T, TCursor>(
        this FratDatabase database,
        string operation,
        Func<FratDbContext, TCursor?, CancellationToken, Task<Page<T, TCursor>>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TCursor : class
    {
        TCursor? cursor = null;
        do
        {
            var page = await database.ReadAsync(
                operation, (context, cancel) => read(context, cursor, cancel), cancellationToken).ConfigureAwait(false);
            foreach (var row in page.Rows)
            {
                yield return row;
                cancellationToken.ThrowIfCancellationRequested();
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>Pages of rows whose key is unique and stays.</summary>
    /// <param name="database">The database.</param>
    /// <param name="operation">What is being done.</param>
    /// <param name="query">Gives the rows behind one that was read, in the order of their keys; all where it is null.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static IAsyncEnumerable<T> StreamAsync<T>(
        this FratDatabase database, string operation, Func<FratDbContext, T?, IQueryable<T>> query, CancellationToken cancellationToken)
        where T : class => database.StreamPagesAsync<T, T>(
            operation,
            async (context, after, cancel) =>
            {
                var rows = await query(context, after).Take(Size).ToListAsync(cancel).ConfigureAwait(false);
                return new(rows, rows.Count < Size ? null : rows[^1]);
            },
            cancellationToken);

    /// <summary>
    /// Pages of whole groups, such as all days of a date: within a group, a row may change its place while it is read, so a group is read
    /// at once.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="operation">What is being done.</param>
    /// <param name="query">Gives the rows of all groups behind one, in the order of the groups' keys; all where it is null.</param>
    /// <param name="ofGroup">Restricts such a query to one group.</param>
    /// <param name="key">The key of a row's group.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static IAsyncEnumerable<T> StreamGroupsAsync<T, TKey>(
        this FratDatabase database,
        string operation,
        Func<FratDbContext, TKey?, IQueryable<T>> query,
        Func<IQueryable<T>, TKey, IQueryable<T>> ofGroup,
        Func<T, TKey> key,
        CancellationToken cancellationToken)
        where TKey : struct, IEquatable<TKey> => database.StreamPagesAsync<T, Box<TKey>>(
            operation,
            async (context, after, cancel) =>
            {
                var all = query(context, after?.Value);
                var rows = await all.Take(Size).ToListAsync(cancel).ConfigureAwait(false);
                if (rows.Count < Size)
                {
                    return new(rows, null);
                }

                // The last group may go on behind the page.
                var last = key(rows[^1]);
                var whole = rows.FindIndex(row => key(row).Equals(last));
                return whole > 0
                    ? new(rows[..whole], new(key(rows[whole - 1])))
                    : new(await ofGroup(all, last).ToListAsync(cancel).ConfigureAwait(false), new(last));
            },
            cancellationToken);

    private sealed record Box<T>(T Value);
}

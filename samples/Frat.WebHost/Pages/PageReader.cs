namespace Frat.WebHost.Pages;

/// <summary>
/// Reads one page at a time: each reads its whole stream to count it, which at 20 000 people is a second of a core's work that the door
/// waits for. What nobody waits for any more is not read.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PageReader : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Reads a page, or the last one when there are fewer.</summary>
    /// <param name="source">Begins the stream, which may be read twice.</param>
    /// <param name="number">Which page, from 1.</param>
    /// <param name="size">How many items it has at most.</param>
    /// <param name="cancellationToken">Gives up the turn, too.</param>
    public async Task<ListPage<T>> ReadAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> source, int number, int size, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var page = await ReadOnceAsync(source(cancellationToken), number, size);
            return page.Number <= page.PageCount ? page : await ReadOnceAsync(source(cancellationToken), page.PageCount, size);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<ListPage<T>> ReadOnceAsync<T>(IAsyncEnumerable<T> source, int number, int size)
    {
        var items = new List<T>(size);
        var (first, count) = ((number - 1L) * size, 0);
        await foreach (var item in source)
        {
            if (count >= first && items.Count < size)
            {
                items.Add(item);
            }

            count++;
        }

        return new ListPage<T>(items, number, count, Math.Max(1, (count + size - 1) / size));
    }
}

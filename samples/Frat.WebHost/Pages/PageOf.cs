namespace Frat.WebHost.Pages;

/// <summary>One page of a stream, which is counted to its end as it goes by: of 10 000 people, only one page is held and drawn.</summary>
/// <param name="Items">What is on the page.</param>
/// <param name="Number">Which page, from 1.</param>
/// <param name="Count">How many there are on all pages.</param>
/// <param name="PageCount">How many pages; 1 when there is nothing.</param>
internal sealed record PageOf<T>(IReadOnlyList<T> Items, int Number, int Count, int PageCount)
{
    public static PageOf<T> Nothing { get; } = new([], 1, 0, 1);

    /// <summary>Reads a page, or the last one when there are fewer.</summary>
    /// <param name="source">Begins the stream, which may be read twice.</param>
    /// <param name="number">Which page, from 1.</param>
    /// <param name="size">How many items it has at most.</param>
    public static async Task<PageOf<T>> ReadAsync(Func<IAsyncEnumerable<T>> source, int number, int size)
    {
        var page = await ReadOnceAsync(source(), number, size);
        return page.Number <= page.PageCount ? page : await ReadOnceAsync(source(), page.PageCount, size);
    }

    private static async Task<PageOf<T>> ReadOnceAsync(IAsyncEnumerable<T> source, int number, int size)
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

        return new PageOf<T>(items, number, count, Math.Max(1, (count + size - 1) / size));
    }
}

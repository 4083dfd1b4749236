namespace Frat.AspNetCore;

/// <summary>Answers that are read while they are written.</summary>
internal static class Streams
{
    /// <summary>
    /// Waits for the first item before the answer begins: a store that fails at once is then still answered with a problem.
    /// </summary>
    public static async Task<IAsyncEnumerable<T>> PrimeAsync<T>(this IAsyncEnumerable<T> source, CancellationToken cancellationToken)
    {
        var enumerator = source.GetAsyncEnumerator(cancellationToken);
        try
        {
            return Rest(enumerator, await enumerator.MoveNextAsync());
        }
        catch
        {
            await enumerator.DisposeAsync();
            throw;
        }

        static async IAsyncEnumerable<T> Rest(IAsyncEnumerator<T> enumerator, bool hasItem)
        {
            await using (enumerator)
            {
                for (; hasItem; hasItem = await enumerator.MoveNextAsync())
                {
                    yield return enumerator.Current;
                }
            }
        }
    }
}

namespace Frat.WebHost.Pages.People;

/// <summary>
/// One search among people at a time: each reads everybody, which at 20 000 people is a second of a core's work that the door waits for. Whoever gave up
/// meanwhile is not searched for.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PeopleSearch(IEncodingStore store) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Reads a page of those who match.</summary>
    public async Task<PageOf<Person>> ReadAsync(Func<Person, bool> matches, int number, int size, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await PageOf<Person>.ReadAsync(() => store.ListAsync(cancellationToken).Where(matches), number, size);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}

namespace Frat;

/// <summary>
/// Work of which the first run is slow, and the next ones are not: code is compiled, connections are opened, memory is laid out. What
/// <c>WarmUpAtStart()</c> of the engine runs before a host serves anybody; packages register theirs, and an application may add its own.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public interface IWarmUp
{
    /// <summary>Goes the way that a check-in goes, as far as it is this one's, and leaves nothing behind: it stores and deletes nothing.
    /// </summary>
    /// <param name="cancellationToken">The start was broken off, or it took too long.</param>
    /// <returns>A task that completes when the way is warm. Where it fails, the host logs it and starts all the same.</returns>
    Task WarmUpAsync(CancellationToken cancellationToken = default);
}

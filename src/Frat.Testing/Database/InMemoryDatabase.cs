namespace Frat.Testing;

/// <summary>
/// What a store in memory keeps: for one test, or for several hosts of one test that are to see the same people. Nothing of it survives the
/// process.
/// </summary>
/// <remarks>
/// Thread-safe. One immutable state: a change makes the next one, or none when it throws, and a reader goes on with the one that it began
/// with, however long it takes.
/// </remarks>
public sealed class InMemoryDatabase
{
    private readonly Lock _lock = new();
    private volatile State _state = State.Empty;
    private TaskCompletionSource _changed = NewSignal();
    private TaskCompletionSource _asked = NewSignal();

    /// <summary>The state now.</summary>
    internal State State => _state;

    /// <summary>Completes at the next change of templates. Take it before looking at the state, so that no change falls between.</summary>
    internal Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Completes when there is more to derive, in the same way.</summary>
    internal Task Asked => Volatile.Read(ref _asked).Task;

    /// <summary>Changes the state, as a whole or not at all.</summary>
    internal Task<T> WriteAsync<T>(Func<Transaction, T> change, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(Write(change));
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    /// <inheritdoc cref="WriteAsync"/>
    internal T Write<T>(Func<Transaction, T> change)
    {
        T result;
        State before;
        State after;
        lock (_lock)
        {
            before = _state;
            var transaction = new Transaction(before);
            result = change(transaction);
            _state = after = transaction.State;
        }

        if (after.Changes != before.Changes)
        {
            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
        }

        if (after.Jobs.Count > before.Jobs.Count)
        {
            Interlocked.Exchange(ref _asked, NewSignal()).SetResult();
        }

        return result;
    }

    /// <summary>Reads from the state as it is now.</summary>
    internal Task<T> ReadAsync<T>(Func<State, T> read, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : Task.FromResult(read(_state));

    /// <summary>Reads a stream from the state as it is when the reader begins.</summary>
    internal async IAsyncEnumerable<T> StreamAsync<T>(
        Func<State, IEnumerable<T>> read,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var item in read(_state))
        {
            yield return item;
            cancellationToken.ThrowIfCancellationRequested();
        }

        await Task.CompletedTask.ConfigureAwait(false); // Nothing here ever waits.
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

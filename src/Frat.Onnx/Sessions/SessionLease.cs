namespace Frat.Onnx;

/// <summary>
/// A network that is loaded once, by the first call that needs it, and put away by the last call that uses it after its owner is disposed.
/// </summary>
/// <remarks>Thread-safe. Where loading failed, the next call tries again.</remarks>
/// <param name="owner">What throws when it is used after it is disposed.</param>
/// <param name="load">Loads the network, and says what is wrong with it.</param>
internal sealed class SessionLease<T>(Type owner, Func<CancellationToken, Task<T>> load) : IDisposable
    where T : class, IDisposable
{
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Lock _gate = new();
    private Task<T>? _loading;
    private T? _loaded;
    private int _users;
    private bool _disposed;

    /// <summary>Keeps the network until the result is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The owner is disposed.</exception>
    public Use Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, owner);
            _users++;
        }

        return new Use(this);
    }

    /// <summary>The network. To be called, and it to be used, between <see cref="Enter"/> and the end of its result.</summary>
    /// <param name="cancellationToken">Stops waiting; the loading goes on for the others that wait for it.</param>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_loading is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _users++;
                _loading = Task.Run(LoadAsync, CancellationToken.None);
            }

            return _loading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Refuses new calls, and doesn't wait for those that run.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _users++;
        }

        _lifetime.Cancel();
        Exit();
    }

    private async Task<T> LoadAsync()
    {
        try
        {
            return _loaded = await load(_lifetime.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
        {
            throw new ObjectDisposedException(owner.FullName);
        }
        finally
        {
            Exit();
        }
    }

    // The last one out puts it away: a network must not vanish while it runs.
    private void Exit()
    {
        lock (_gate)
        {
            if (--_users > 0 || !_disposed)
            {
                return;
            }
        }

        _loaded?.Dispose();
        _lifetime.Dispose();
    }

    /// <summary>A call that keeps the network.</summary>
    internal readonly struct Use(SessionLease<T> lease) : IDisposable
    {
        public void Dispose() => lease.Exit();
    }
}

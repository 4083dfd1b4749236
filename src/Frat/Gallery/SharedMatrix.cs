namespace Frat;

/// <summary>A <see cref="TemplateMatrix"/> that many read at once, and one changes while nobody reads. Thread-safe.</summary>
internal sealed class SharedMatrix(TemplateMatrix matrix) : IDisposable
{
    private readonly ReaderWriterLockSlim _lock = new();
    private TemplateMatrix _matrix = matrix;

    public T Read<T>(Func<TemplateMatrix, T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read(_matrix);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public void Write(Action<TemplateMatrix> write)
    {
        _lock.EnterWriteLock();
        try
        {
            write(_matrix);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public void Replace(TemplateMatrix other)
    {
        _lock.EnterWriteLock();
        try
        {
            _matrix = other;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public void Dispose() => _lock.Dispose();
}

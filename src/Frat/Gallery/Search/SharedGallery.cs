namespace Frat;

/// <summary>The rows of the gallery as one thread changes them and many search them.</summary>
/// <remarks>
/// Searches take no lock and wait for nobody: they enter the newest snapshot by counting themselves, and leave it. A snapshot is done with
/// when a newer one has been published, its readers have left, and all older ones are done with. Then nobody can reach the blocks that the
/// newer one doesn't have, and they are cleared: by whoever left last. So the numbers of somebody who was forgotten are gone from memory
/// when the last search that had begun before has ended, which takes milliseconds. Changes come from one thread at a time.
/// </remarks>
internal sealed class SharedGallery
{
    private readonly RowCoder _coder;
    private readonly BlockPool _pool;
    private GalleryRows _rows;
    private GallerySnapshot _current;

    public SharedGallery(RowCoder coder)
    {
        _coder = coder;
        _pool = new BlockPool(coder);
        _rows = NewRows();
        _current = _rows.Publish().Snapshot;
    }

    /// <summary>The newest snapshot, for its counts; to search it, <see cref="Read"/>.</summary>
    public GallerySnapshot Current => Volatile.Read(ref _current);

    /// <summary>Rows to fill, for <see cref="Replace"/>.</summary>
    public GalleryRows NewRows() => new(_coder, _pool);

    public T Read<T>(Func<GallerySnapshot, T> read)
    {
        GallerySnapshot snapshot;
        do
        {
            // Fails only where a newer one has been published since.
            snapshot = Current;
        }
        while (!snapshot.TryEnter());

        try
        {
            return read(snapshot);
        }
        finally
        {
            snapshot.Leave();
        }
    }

    /// <summary>The rows to change, for <see cref="Publish"/>.</summary>
    public GalleryRows Rows => _rows;

    /// <summary>Shows what was changed to searches that begin when this has returned.</summary>
    public void Publish()
    {
        var (next, replaced) = _rows.Publish();
        Show(next, replaced);
    }

    /// <summary>Puts other rows in the place of all.</summary>
    public void Replace(GalleryRows rows)
    {
        var abandoned = _rows.Abandon();
        _rows = rows;
        Show(rows.Publish().Snapshot, abandoned);
    }

    private void Show(GallerySnapshot next, IReadOnlyList<RowBlock> replaced)
    {
        next.HoldForPredecessor();
        var before = Current;
        Volatile.Write(ref _current, next);
        before.Retire(next, replaced, _pool.Return);
    }
}

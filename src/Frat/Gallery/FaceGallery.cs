using Microsoft.Extensions.Logging;

namespace Frat;

/// <summary>
/// The templates of everybody, in memory, for identification 1:N. It is a cache of the <see cref="IEncodingStore"/>: it loads on first use and
/// follows the store's changes.
/// </summary>
/// <remarks>Thread-safe. Searches run side by side; a change waits for running searches and holds new ones up for microseconds.</remarks>
public sealed class FaceGallery : IDisposable
{
    private readonly IEncodingStore _store;
    private readonly FaceEncoderInfo _encoder;
    private readonly ILogger<FaceGallery> _logger;
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private TemplateMatrix _matrix;
    private long _sequence = -1;

    /// <summary>Creates an empty gallery; nothing is read yet.</summary>
    /// <param name="store">Where the templates are.</param>
    /// <param name="encoder">Only templates that this encoder made are held.</param>
    /// <param name="logger">Is told how many templates were loaded or left out.</param>
    public FaceGallery(IEncodingStore store, IFaceEncoder encoder, ILogger<FaceGallery> logger)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(logger);
        _store = store;
        _encoder = encoder.Info;
        _logger = logger;
        _matrix = new TemplateMatrix(_encoder.Dimension, _encoder.Metric);
    }

    /// <summary>How many templates are held.</summary>
    public int TemplateCount => Read(matrix => matrix.Rows);

    /// <summary>How many people have at least one template.</summary>
    public int PersonCount => Read(matrix => matrix.People);

    /// <summary>The last change of the store that the gallery knows of; -1 before the first load.</summary>
    internal long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>
    /// Brings the gallery up to date: everything that the store had acknowledged when the call began is in it when the call returns.
    /// </summary>
    /// <param name="cancellationToken">Gives up; the gallery then knows more or less of what is new, never a wrong thing.</param>
    /// <returns>A task that completes when the gallery is up to date.</returns>
    /// <exception cref="EncodingStoreException">The store failed; the gallery stays as it was.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_sequence < 0)
            {
                await LoadAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await ApplyChangesAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>Finds the person whose template is nearest to a probe, whatever the distance: the caller decides if it is near enough.</summary>
    /// <param name="probe">An encoding by the gallery's encoder.</param>
    /// <param name="cancellationToken">Gives up loading, where the gallery was not loaded yet.</param>
    /// <returns>The nearest person; null when nobody is enrolled.</returns>
    /// <exception cref="ArgumentException">The probe was made by another encoder.</exception>
    /// <exception cref="EncodingStoreException">The gallery was not loaded yet, and the store failed.</exception>
    public async ValueTask<GalleryMatch?> FindNearestAsync(FaceEncoding probe, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (probe.EncoderId != _encoder.Id || probe.Dimension != _encoder.Dimension)
        {
            throw new ArgumentException($"The gallery holds {_encoder.Id}[{_encoder.Dimension}]; {probe} can't be compared with it.", nameof(probe));
        }

        if (Sequence < 0)
        {
            await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        return Read(matrix => matrix.FindNearest(probe.Values));
    }

    /// <summary>Waits until the store may have changed after what the gallery knows.</summary>
    internal Task WaitForChangesAsync(CancellationToken cancellationToken) => _store.WaitForChangesAsync(Math.Max(Sequence, 0), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        _refreshing.Dispose();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        // The sequence first: what changes while the templates are read is told again.
        var sequence = await _store.GetSequenceAsync(cancellationToken).ConfigureAwait(false);
        var loaded = new TemplateMatrix(_encoder.Dimension, _encoder.Metric);
        await foreach (var template in _store.ReadTemplatesAsync(_encoder.Id, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            AddTo(loaded, template);
        }

        Write(() => _matrix = loaded);
        Interlocked.Exchange(ref _sequence, sequence);
        _logger.GalleryLoaded(loaded.Rows, loaded.People);
    }

    private async Task ApplyChangesAsync(CancellationToken cancellationToken)
    {
        while (await _store.ReadChangesAsync(_sequence, cancellationToken).ConfigureAwait(false) is { Count: > 0 } changes)
        {
            foreach (var personId in changes.Select(change => change.PersonId).Distinct())
            {
                var templates = new List<FaceTemplate>();
                await foreach (var template in _store.ReadTemplatesAsync(_encoder.Id, personId, cancellationToken).ConfigureAwait(false))
                {
                    templates.Add(template);
                }

                Write(() =>
                {
                    _matrix.Remove(personId);
                    templates.ForEach(template => AddTo(_matrix, template));
                });
            }

            Interlocked.Exchange(ref _sequence, changes[^1].Sequence);
        }
    }

    private void AddTo(TemplateMatrix matrix, FaceTemplate template)
    {
        if (template.Encoding.Dimension == _encoder.Dimension)
        {
            matrix.Add(template.Person, template.Encoding.Values);
        }
        else
        {
            _logger.TemplateLeftOut(template.Id, template.Encoding.Dimension, _encoder.Dimension);
        }
    }

    private T Read<T>(Func<TemplateMatrix, T> read)
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

    private void Write(Action write)
    {
        _lock.EnterWriteLock();
        try
        {
            write();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }
}

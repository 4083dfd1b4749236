using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>
/// The templates of everybody, in memory, for identification 1:N. It is a cache of the <see cref="IEncodingStore"/>: it loads on first use
/// and follows the store's changes.
/// </summary>
/// <remarks>
/// Thread-safe. Searches run side by side, without a lock: each searches the gallery as it was when the search began, and a change waits
/// for none. The numbers of who was taken out are cleared when the last search that had begun before has ended. It fails closed: somebody
/// who changed and can't be read is not found any more, until a later try succeeds. While the whole store is away, people are found as they
/// were: see <see cref="Age"/>.
/// </remarks>
public sealed class FaceGallery : IDisposable
{
    private readonly IEncodingStore _store;
    private readonly FaceEncoderInfo _encoder;
    private readonly ILogger<FaceGallery> _logger;
    private readonly TimeProvider _time;
    private readonly UnreadPeople _unread;
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly RowCoder _coder;
    private readonly SharedGallery _shared;
    private readonly SharedGallery _photos;
    private readonly FollowedCalibration _calibration;
    private readonly GalleryReader _reader;
    private long _sequence = -1;
    private Moment? _loaded;
    private Moment? _fresh;

    /// <summary>Creates an empty gallery; nothing is read yet.</summary>
    /// <param name="store">Where the templates are.</param>
    /// <param name="people">Where the people are.</param>
    /// <param name="encoder">Only templates that this encoder made are held.</param>
    /// <param name="logger">Logs how many templates were loaded or left out.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="problems">Is told of people who can't be read, as <c>gallery.people</c>; may be null.</param>
    /// <param name="options">What people are compared by (<see cref="RecognitionOptions.Templates"/>); null for the default.</param>
    public FaceGallery(
        IEncodingStore store,
        IPersonStore people,
        IFaceEncoder encoder,
        ILogger<FaceGallery> logger,
        TimeProvider? time = null,
        BackgroundProblems? problems = null,
        IOptions<FratOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(logger);
        _store = store;
        _encoder = encoder.Info;
        _logger = logger;
        _time = time ?? TimeProvider.System;
        _unread = new UnreadPeople(_time, logger, problems);
        _coder = new RowCoder(_encoder.Dimension, _encoder.Metric);
        (_shared, _photos) = (new SharedGallery(_coder), new SharedGallery(_coder));
        var recognition = (options?.Value ?? new FratOptions()).Recognition;
        _calibration = new FollowedCalibration(_encoder, recognition.TargetFalsePositiveRate);
        var fuser = new TemplateFuser(recognition.Templates, _encoder);
        _reader = new GalleryReader(store, people, _encoder, fuser, _unread, logger);
    }

    /// <summary>How many templates there are of everybody.</summary>
    public int TemplateCount => _shared.Current.Templates;

    /// <summary>How many people have at least one template.</summary>
    public int PersonCount => _shared.Current.People;

    /// <summary>
    /// How long ago the gallery was known to have everything that the store had; null before the first load. A host that follows the store
    /// keeps it below some ten seconds; it grows while the store can't be read. Measured without the clock on the wall.
    /// </summary>
    public TimeSpan? Age => Volatile.Read(ref _fresh) is { } fresh ? _time.GetElapsedTime(fresh.Timestamp) : null;

    /// <summary>When the gallery was last known to have everything that the store had; null before the first load.</summary>
    public DateTimeOffset? LastRefreshed => Volatile.Read(ref _fresh)?.Utc;

    /// <summary>How many people changed and can't be read at the moment: nobody finds them. They are tried again by themselves.</summary>
    public int UnreadablePeople => _unread.Count;

    /// <summary>The last change of the store that the gallery knows of; -1 before the first load.</summary>
    internal long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>
    /// Brings the gallery up to date: everything that the store had acknowledged when the call began is in it when the call returns.
    /// </summary>
    /// <remarks>
    /// Who can't be read is taken out, whatever the reason, so that a revocation holds; everybody else's changes are taken over.
    /// </remarks>
    /// <param name="cancellationToken">Cancels the call; the gallery then knows more or less of what is new, never a wrong thing.</param>
    /// <returns>A task that completes when the gallery is up to date.</returns>
    /// <exception cref="StoreException">The store failed; the gallery stays as it was, but for what was taken over until then.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A consent's term is a matter of the clock, so after a jump everybody is judged anew.
            if (_loaded is not { } loaded || loaded.HasClockJumped(_time))
            {
                await LoadAsync(cancellationToken).ConfigureAwait(false);
            }

            await ApplyChangesAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>
    /// Takes over a change that the store has acknowledged, before the one who asked is answered. Where that fails, the gallery follows
    /// as it follows what other processes do.
    /// </summary>
    internal async Task CatchUpAsync()
    {
        if (Sequence < 0)
        {
            return; // Nobody has looked for a face yet: the change is there when it loads.
        }

        try
        {
            // It is done: anyone who gives up now must not leave the gallery behind.
            await RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException exception)
        {
            _logger.ChangedBeforeTheGallery(exception);
        }
    }

    /// <summary>Finds the person who is nearest to a probe, whatever the distance: the caller decides if it is near enough.</summary>
    /// <param name="probe">An encoding by the gallery's encoder.</param>
    /// <param name="except">Who is not meant: that person is passed over. Null for nobody.</param>
    /// <param name="cancellationToken">Cancels loading, where the gallery was not loaded yet.</param>
    /// <returns>The nearest person; null when nobody is enrolled. Of two who are equally near, the one with the smaller id.</returns>
    /// <exception cref="ArgumentException">The probe was made by another encoder.</exception>
    /// <exception cref="StoreException">The gallery was not loaded yet, and the store failed.</exception>
    public async ValueTask<GalleryMatch?> FindNearestAsync(
        FaceEncoding probe, Guid? except = null, CancellationToken cancellationToken = default)
    {
        var found = await FindNearestAsync([probe], people: 2, except, cancellationToken).ConfigureAwait(false);
        return found[0] is not [var nearest, ..] ? null : new GalleryMatch
        {
            Person = nearest.Person,
            Distance = nearest.Distance,
            RunnerUpDistance = found[0].Count > 1 ? found[0][1].Distance : float.PositiveInfinity,
        };
    }

    /// <summary>Finds the people who are nearest to each of several probes, in one pass over the gallery as it is at one moment.</summary>
    /// <param name="probes">Encodings by the gallery's encoder; there may be none.</param>
    /// <param name="people">How many people at most for each probe, at least 1.</param>
    /// <param name="except">Who is not meant: that person is passed over. Null for nobody.</param>
    /// <param name="cancellationToken">Cancels loading, where the gallery was not loaded yet.</param>
    /// <returns>
    /// For each probe, in their order, the nearest people, the nearest first; of equally near ones, the smaller id. Fewer where fewer are
    /// enrolled.
    /// </returns>
    /// <exception cref="ArgumentException">A probe was made by another encoder.</exception>
    /// <exception cref="StoreException">The gallery was not loaded yet, and the store failed.</exception>
    public async ValueTask<IReadOnlyList<IReadOnlyList<GalleryCandidate>>> FindNearestAsync(
        IReadOnlyList<FaceEncoding> probes, int people, Guid? except = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probes);
        ArgumentOutOfRangeException.ThrowIfLessThan(people, 1);
        var searched = new List<SearchProbe>(probes.Count);
        foreach (var probe in probes)
        {
            ThrowIfOfAnother(probe);
            searched.Add(new SearchProbe(_coder, probe.Values.ToArray(), except));
        }

        if (Sequence < 0)
        {
            await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        return _shared.Read(snapshot => (IReadOnlyList<GalleryCandidate>[])
            [.. snapshot.Search(searched, people).Select(found => found.ToList())]);
    }

    /// <summary>Finds the person whom a face is most like, and the limit within which it is that person.</summary>
    internal async ValueTask<GalleryScore?> ScoreAsync(
        FaceEncoding probe, Guid? except = null, CancellationToken cancellationToken = default)
    {
        ThrowIfOfAnother(probe);
        if (Sequence < 0)
        {
            await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        return _shared.Read(snapshot => GalleryScores.Of(
            snapshot, _encoder, _calibration.Current, probe.Values.ToArray(), except));
    }

    /// <summary>Finds those whom a face may be taken for, the nearest first; of a gallery that has been loaded.</summary>
    internal IReadOnlyList<GalleryScore> Near(FaceEncoding probe, int people, Guid? except)
    {
        ThrowIfOfAnother(probe);
        return _shared.Read(snapshot => GalleryScores.Near(
            snapshot, _encoder, _calibration.Current, probe.Values.ToArray(), people, except));
    }

    /// <summary>Waits until the store may have changed after what the gallery knows.</summary>
    internal Task WaitForChangesAsync(CancellationToken cancellationToken) =>
        _store.WaitForChangesAsync(Math.Max(Sequence, 0), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _shared.Replace(_shared.NewRows()); // So that no number stays in memory.
        _photos.Replace(_photos.NewRows());
        _refreshing.Dispose();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        // The sequence first: what changes while the templates are read is told again.
        var now = Moment.Now(_time);
        var sequence = await _store.GetSequenceAsync(cancellationToken).ConfigureAwait(false);
        var loaded = await _reader.ReadAsync(() => new(_shared.NewRows(), _photos.NewRows()), cancellationToken).ConfigureAwait(false);
        _photos.Replace(loaded.Photos);
        _shared.Replace(loaded.Rows);
        _calibration.Renew(_shared, _photos);
        Interlocked.Exchange(ref _sequence, sequence);
        _loaded = now;
        _logger.GalleryLoaded(TemplateCount, PersonCount);

        // So that the first who comes to the door doesn't wait for code to be compiled, or for memory to be read for the first time.
        if (_shared.Read(snapshot => snapshot.FirstRow()) is { Length: > 0 } row)
        {
            await FindNearestAsync(new FaceEncoding(_encoder.Id, row), cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ApplyChangesAsync(CancellationToken cancellationToken)
    {
        foreach (var personId in _unread.TakeDue())
        {
            await TakeOverAsync(personId, cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            var now = Moment.Now(_time);
            var changes = await _store.ListChangesAsync(_sequence, cancellationToken).ConfigureAwait(false);
            if (changes.Count == 0)
            {
                Volatile.Write(ref _fresh, now);
                return;
            }

            var people = changes.Select(change => change.PersonId).Distinct().ToList();
            if (people.Contains(TemplateChange.Anybody))
            {
                await LoadAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            foreach (var personId in people)
            {
                await TakeOverAsync(personId, cancellationToken).ConfigureAwait(false);
            }

            Interlocked.Exchange(ref _sequence, changes[^1].Sequence);
        }
    }

    private async Task TakeOverAsync(Guid personId, CancellationToken cancellationToken)
    {
        var templates = await _reader.TryReadAsync(personId, cancellationToken).ConfigureAwait(false);
        var people = new GalleryPeople(_shared.Rows, _photos.Rows);
        people.Remove(personId);
        if (templates is not null)
        {
            _reader.SetTo(people, templates);
        }

        _photos.Publish();
        _shared.Publish();
        _calibration.Follow(_shared, _photos);
    }

    private void ThrowIfOfAnother(FaceEncoding probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (probe.EncoderId != _encoder.Id || probe.Dimension != _encoder.Dimension)
        {
            throw new ArgumentException(
                $"The gallery holds {_encoder.Id}[{_encoder.Dimension}]; {probe} can't be compared with it.", nameof(probe));
        }
    }
}

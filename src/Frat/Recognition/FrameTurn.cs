namespace Frat;

/// <summary>
/// The frames of one check-in, from decoding to encoding, in one turn. A frame lives only while it is looked at: of its faces, chips are
/// kept until the end. Once a face was seen, it is looked for where it was, in two frames side by side; the whole frame is looked at where
/// it isn't there any more.
/// </summary>
/// <remarks>For one caller, who disposes it.</remarks>
internal sealed class FrameTurn(
    FaceFinder finder,
    IReadOnlyList<ReadOnlyMemory<byte>> files,
    float minEyeDistance,
    WorkSlots.Slot slot,
    CancellationToken cancellationToken) : IAsyncDisposable
{
    // Of more, the last ones would be looked for too far from where the face was.
    private const int SideBySide = 2;

    // How many frames are in memory: as many as have no more pixels together than two of the largest pictures, and two of any size.
    private const long MaxPixels = 2L * ImageDecoderOptions.DefaultMaxSide * ImageDecoderOptions.DefaultMaxSide;
    private const int LeastFrames = 2;
    private const int MostFrames = 2 * SideBySide;

    // Looks that run beside each other add to it.
    private readonly List<FoundFace> _faces = [];
    private readonly Queue<Task<RgbImage>> _decoding = [];
    private readonly Queue<Task<SeenFrame>> _looking = [];
    private SeenFace? _last;
    private int _frames;
    private int _begun;
    private int _done;

    /// <summary>Looks at the next frame, and begins with those behind it.</summary>
    /// <returns>What is seen on it; null when there is no further one.</returns>
    public async Task<SeenFrame?> NextAsync()
    {
        Decode();
        if (_looking.Count == 0)
        {
            var count = _last is null ? 1 : SideBySide;
            for (; count > 0 && _decoding.TryDequeue(out var decoding); count--)
            {
                _looking.Enqueue(LookAsync(decoding, _last));
            }
        }

        if (!_looking.TryDequeue(out var look))
        {
            return null;
        }

        var frame = await look.ConfigureAwait(false);
        _done++;
        _last = frame.Main ?? _last;
        return frame;
    }

    /// <summary>Encodes faces of the frames, all at once.</summary>
    public ValueTask<IReadOnlyList<FaceEncoding>> EncodeAsync(IReadOnlyList<SeenFace> faces) =>
        finder.EncodeAsync([.. faces.Select(seen => seen.Face)], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            // What is still under way isn't needed any more, and it doesn't matter whether it fails. Looks come first: one may decode.
            await Task.WhenAll(_looking.ToArray<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(_decoding.ToArray<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var decoded in _decoding.Where(one => one.IsCompletedSuccessfully))
            {
                (await decoded.ConfigureAwait(false)).Dispose();
            }
        }
        finally
        {
            _faces.ForEach(face => face.Dispose());
            slot.Dispose();
        }
    }

    // While others are looked at.
    private void Decode()
    {
        while (_begun < files.Count && _begun - _done < Math.Max(_frames, LeastFrames))
        {
            _decoding.Enqueue(finder.DecodeAsync(files[_begun++], cancellationToken));
        }
    }

    private async Task<SeenFrame> LookAsync(Task<RgbImage> decoding, SeenFace? last)
    {
        using var image = await decoding.ConfigureAwait(false);
        if (_frames == 0)
        {
            // It is the first one, beside which no other is looked at; the next ones will hardly be larger.
            _frames = (int)Math.Clamp(MaxPixels / ((long)image.Width * image.Height), LeastFrames, MostFrames);
            Decode();
        }

        if (last is not null && (last.Width, last.Height) == (image.Width, image.Height)
            && await FindAsync(image, last.Face.Box).ConfigureAwait(false) is { Near.Count: > 0 } there)
        {
            return there;
        }

        var frame = await FindAsync(image, around: null).ConfigureAwait(false);
        if (frame.Near.Count > 0 || frame.HasFarther || last is not null)
        {
            return frame;
        }

        var (found, scale) = await finder.FindSmallerAsync(image, cancellationToken).ConfigureAwait(false);
        return Keep(found, scale, image);
    }

    private async Task<SeenFrame> FindAsync(RgbImage image, FaceBox? around) =>
        Keep(await finder.FindAsync(image, around, cancellationToken).ConfigureAwait(false), scale: 1, image);

    private SeenFrame Keep(IReadOnlyList<FoundFace> found, float scale, RgbImage image)
    {
        lock (_faces)
        {
            _faces.AddRange(found);
        }

        var near = found.Where(face => face.EyeDistance * scale >= minEyeDistance).ToList();
        var main = MainFace.Of(near) is { } counting ? new SeenFace(counting, image.Width, image.Height) : null;
        return new SeenFrame(near, main, near.Count < found.Count);
    }
}

/// <summary>What is seen on a frame.</summary>
/// <param name="Near">The faces that are near enough.</param>
/// <param name="Main">Whose face counts; null where that can't be told.</param>
/// <param name="HasFarther">Whether there are others.</param>
internal sealed record SeenFrame(IReadOnlyList<FoundFace> Near, SeenFace? Main, bool HasFarther);

/// <summary>The face of a frame that counts.</summary>
/// <param name="Face">The face.</param>
/// <param name="Width">Of the frame, in pixels.</param>
/// <param name="Height">The same.</param>
internal sealed record SeenFace(FoundFace Face, int Width, int Height);

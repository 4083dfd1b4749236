namespace Frat;

/// <summary>
/// The frames of one check-in, from decoding to encoding, in one turn. A frame lives only while it is looked at: of its faces, chips are
/// kept until the end. Once a face was seen, it is looked for where it was; the whole frame is looked at where it isn't there any more.
/// </summary>
/// <remarks>For one caller, who disposes it.</remarks>
internal sealed class FrameTurn(
    FaceFinder finder,
    IReadOnlyList<ReadOnlyMemory<byte>> files,
    float minEyeDistance,
    WorkSlots.Slot slot,
    CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly List<FoundFace> _faces = [];
    private Task<RgbImage>? _decoding;
    private SeenFace? _last;
    private int _next;

    /// <summary>Looks at the next frame.</summary>
    /// <returns>What is seen on it; null when there is no further one.</returns>
    public async Task<SeenFrame?> NextAsync()
    {
        if (_next == files.Count)
        {
            return null;
        }

        using var image = await (_decoding ?? finder.DecodeAsync(files[_next], cancellationToken)).ConfigureAwait(false);
        _next++;

        // While this one is looked at.
        _decoding = _next < files.Count ? finder.DecodeAsync(files[_next], cancellationToken) : null;
        var frame = await LookAsync(image).ConfigureAwait(false);
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
            if (_decoding is { } decoding)
            {
                (await decoding.ConfigureAwait(false)).Dispose();
            }
        }
        catch (Exception e) when (e is InvalidFaceImageException or OperationCanceledException)
        {
            // The frame isn't needed any more.
        }
        finally
        {
            _faces.ForEach(face => face.Dispose());
            slot.Dispose();
        }
    }

    private async Task<SeenFrame> LookAsync(RgbImage image)
    {
        if (_last is { } last && (last.Width, last.Height) == (image.Width, image.Height)
            && await FindAsync(image, last.Face.Box).ConfigureAwait(false) is { Near.Count: > 0 } there)
        {
            return there;
        }

        var frame = await FindAsync(image, around: null).ConfigureAwait(false);
        if (frame.Near.Count > 0 || frame.HasFarther || _last is not null)
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
        _faces.AddRange(found);
        var near = found.Where(face => face.EyeDistance * scale >= minEyeDistance).ToList();
        var main = MainFace.Of(near) is { } face ? new SeenFace(face, image.Width, image.Height) : null;
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

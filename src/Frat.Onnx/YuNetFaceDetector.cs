using System.Diagnostics.Metrics;
using Frat.Vision;
using Microsoft.Extensions.Options;

namespace Frat.Onnx;

/// <summary>
/// Finds faces with YuNet (libfacedetection): boxes, scores from 0 to 1, and the five points of <see cref="LandmarkScheme.EyeCenters"/>.
/// </summary>
/// <remarks>
/// <para>
/// Thread-safe; one instance serves the process. At most <see cref="YuNetOptions.MaxConcurrency"/> images are worked on at once, on the
/// thread pool; urgent calls go first, and a call waits for its turn without holding a thread. The file is loaded once, by
/// <see cref="LoadAsync"/> or else by the first call; where that failed, the next call tries again.
/// </para>
/// <para>
/// An image is looked at halved, as often as the <see cref="FaceEncodeOptions.SmallestFace"/> allows, since the network knows no faces
/// above some 300 pixels; large ones are looked at in tiles, so that memory doesn't grow with them.
/// </para>
/// <para>
/// Disposing it doesn't wait: calls that run already end as if nothing had happened, and the network goes with the last of them.
/// </para>
/// </remarks>
public sealed class YuNetFaceDetector : IFaceDetector, IDisposable
{
    // Of one face, the network sees many boxes that share most of their area; two faces in a crowd share little.
    private static readonly BoxOverlap SameFace = new(maxIntersectionOverUnion: 0.3, maxCovered: 0.6);

    private readonly SessionLease<YuNetSession> _lease;
    private readonly WorkSlots _slots;
    private readonly EncoderInstruments _telemetry;
    private readonly float _minScore;

    /// <summary>Creates the detector; nothing is loaded yet.</summary>
    /// <param name="source">Where YuNet's file comes from: one that takes pictures of any size.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="meters">Where its meter <c>Frat.Onnx</c> belongs; null makes one of its own.</param>
    /// <exception cref="OptionsValidationException">A value of <paramref name="options"/> is out of its range.</exception>
    public YuNetFaceDetector(OnnxModelSource source, YuNetOptions? options = null, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new YuNetOptions();
        OptionChecks.Check(new YuNetOptionsValidator(), options);
        (_minScore, SmallestFace) = (options.MinScore, options.SmallestFace);
        _slots = new WorkSlots(options.MaxConcurrency, long.MaxValue);
        _telemetry = new EncoderInstruments(meters, OnnxTelemetry.MeterName, OnnxTelemetry.SpanPrefix);
        _lease = new SessionLease<YuNetSession>(
            typeof(YuNetFaceDetector), cancellationToken => YuNetSession.LoadAsync(source, options, cancellationToken));
    }

    /// <summary><see cref="LandmarkScheme.EyeCenters"/>.</summary>
    public LandmarkScheme Landmarks => LandmarkScheme.EyeCenters;

    /// <summary><see cref="YuNetOptions.SmallestFace"/>.</summary>
    public int SmallestFace { get; }

    /// <summary>Loads the network and runs it once, so that the first image doesn't wait for it. No more, once it is loaded.</summary>
    /// <param name="cancellationToken">Stops waiting; loading goes on for the other callers that wait for it.</param>
    /// <exception cref="ModelFileException">The file is missing or damaged, or not YuNet's. The next call tries again.</exception>
    /// <exception cref="ObjectDisposedException">The detector is disposed.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        using var use = _lease.Enter();
        await _lease.GetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="FaceEncodeOptions.SmallestFace"/> is below 10, or <see cref="FaceEncodeOptions.MaxFaces"/> below 1.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The detector is disposed.</exception>
    public async ValueTask<IReadOnlyList<DetectedFace>> DetectAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var smallest = options?.SmallestFace ?? SmallestFace;
        ArgumentOutOfRangeException.ThrowIfLessThan(smallest, YuNetOptions.LowestSmallestFace, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options?.MaxFaces ?? 1, 1, nameof(options));
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Enter();
        var session = await _lease.GetAsync(cancellationToken).ConfigureAwait(false);
        using var slot = await WaitAsync(options?.IsUrgent ?? false, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Detect(session, image, smallest, options?.MaxFaces, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Refuses new calls; the network goes with the last of those that run.</summary>
    public void Dispose()
    {
        _lease.Dispose();
        _telemetry.Dispose();
    }

    private async Task<WorkSlots.Slot> WaitAsync(bool isUrgent, CancellationToken cancellationToken)
    {
        using var timing = _telemetry.StartWaiting();
        return await _slots.WaitAsync(0, isUrgent, cancellationToken).ConfigureAwait(false);
    }

    private DetectedFace[] Detect(
        YuNetSession session, RgbImage image, int smallestFace, int? maxFaces, CancellationToken cancellationToken)
    {
        using var timing = _telemetry.Start(OnnxTelemetry.DetectStep);
        var found = Find(session, image, smallestFace, cancellationToken);
        return [.. LargestFaces.Of(found, face => face.Box, maxFaces).Select(face =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var points = SecondLook.At(session, image, face, SameFace).Points;
            return new DetectedFace
            {
                Box = face.Box, Score = face.Score, Landmarks = new FaceLandmarks(LandmarkScheme.EyeCenters, points),
            };
        })];
    }

    private IReadOnlyList<YuNetCandidate> Find(YuNetSession session, RgbImage image, int smallestFace, CancellationToken cancellationToken)
    {
        var candidates = new List<YuNetCandidate>();
        var (first, last) = YuNetPyramid.Levels(image.Width, image.Height, smallestFace);
        RgbImage? level = null;
        try
        {
            for (var halved = 0; halved <= last; halved++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (halved > 0)
                {
                    var next = YuNetPyramid.Halve(level ?? image);
                    level?.Dispose();
                    level = next;
                }

                if (halved >= first)
                {
                    Find(session, level ?? image, halved, halved == last, candidates, cancellationToken);
                }
            }
        }
        finally
        {
            level?.Dispose();
        }

        return SameFace.Suppress(candidates, face => face.Box, face => face.Score);
    }

    private void Find(
        YuNetSession session, RgbImage level, int halved, bool isLast, List<YuNetCandidate> found, CancellationToken cancellationToken)
    {
        foreach (var tile in YuNetPyramid.Tiles(level.Width, level.Height, isLast))
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.AddRange(session.Find(level, tile, _minScore)
                .Where(face => !IsCutOff(face, tile, level))
                .Select(face => face.Map(tile.Left, tile.Top, 1 << halved)));
        }
    }

    // Where the picture goes on beyond the tile, a face at its edge is whole in the next one, or in the next level.
    private static bool IsCutOff(YuNetCandidate face, YuNetPyramid.Tile tile, RgbImage level) =>
        (tile.Left > 0 && face.Left <= 1)
        || (tile.Top > 0 && face.Top <= 1)
        || (tile.Left + tile.Width < level.Width && face.Right >= tile.Width - 2)
        || (tile.Top + tile.Height < level.Height && face.Bottom >= tile.Height - 2);
}

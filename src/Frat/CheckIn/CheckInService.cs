using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>
/// Checks people in: image, face, identification, punch. Of the image, nothing is kept but, with an idempotency key, its SHA-256.
/// </summary>
/// <remarks>Thread-safe; one instance serves the process.</remarks>
public sealed class CheckInService
{
    private readonly FaceFinder _finder;
    private readonly FaceGallery _gallery;
    private readonly IAttendanceLog _log;
    private readonly FratOptions _options;
    private readonly FratTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly SiteClock _clock;

    internal CheckInService(
        FaceFinder finder,
        FaceGallery gallery,
        IAttendanceLog log,
        IOptions<FratOptions> options,
        FratTelemetry telemetry,
        TimeProvider time,
        SiteClock clock)
    {
        _finder = finder;
        _gallery = gallery;
        _log = log;
        _options = options.Value;
        _telemetry = telemetry;
        _time = time;
        _clock = clock;
    }

    /// <summary>The local date at the site now.</summary>
    public DateOnly Today => _clock.Today;

    /// <summary>Recognises the person on an image and records the punch.</summary>
    /// <param name="request">The image, and where it comes from.</param>
    /// <param name="cancellationToken">Gives up; the punch is then recorded whole or not at all.</param>
    /// <returns>Who it was and what the day came to, or why nobody was recognised.</returns>
    /// <exception cref="InvalidFaceImageException">The image can't be read.</exception>
    /// <exception cref="ModelFileException">A model file of the encoder is missing or damaged.</exception>
    /// <exception cref="PunchConflictException">
    /// The key was used before by this source, for another image, person or day; nothing was recorded.
    /// </exception>
    /// <exception cref="EncodingStoreException">The store failed; nothing was recorded.</exception>
    public async Task<CheckInResult> CheckInAsync(CheckInRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var start = _time.GetTimestamp();
        var result = await RecognizeAsync(request, cancellationToken).ConfigureAwait(false);
        _telemetry.CheckIn(result.Outcome, _time.GetElapsedTime(start));
        return result;
    }

    private async Task<CheckInResult> RecognizeAsync(CheckInRequest request, CancellationToken cancellationToken)
    {
        var (_, _, faces) = await _finder.FindAsync(request.Image, WorkKind.CheckIn, cancellationToken).ConfigureAwait(false);
        if (faces is not [var face])
        {
            return new CheckInResult { Outcome = faces.Count == 0 ? CheckInOutcome.NoFace : CheckInOutcome.SeveralFaces };
        }

        if (await _gallery.FindNearestAsync(face.Encoding, cancellationToken).ConfigureAwait(false) is not { } match)
        {
            return new CheckInResult { Outcome = CheckInOutcome.Unknown };
        }

        var outcome = Decide(match);
        if (outcome != CheckInOutcome.Recognized)
        {
            return new CheckInResult { Outcome = outcome, Distance = match.Distance };
        }

        // Null: the person was forgotten, revoked or deactivated between the search and now, or the consent has ended, so nobody is known
        // by this face any more.
        var receipt = await _log.AppendAsync(ToPunch(request, match, face), cancellationToken).ConfigureAwait(false);
        return new CheckInResult
        {
            Outcome = receipt is null ? CheckInOutcome.Unknown : CheckInOutcome.Recognized,
            Receipt = receipt,
            Distance = match.Distance,
        };
    }

    private CheckInOutcome Decide(GalleryMatch match) =>
        match.Distance > _options.MaxDistanceFor(_finder.Encoder) ? CheckInOutcome.Unknown
        : match.RunnerUpDistance - match.Distance < _options.Margin ? CheckInOutcome.Unsure
        : CheckInOutcome.Recognized;

    private Punch ToPunch(CheckInRequest request, GalleryMatch match, Face face)
    {
        var instant = _clock.Now;
        return new Punch
        {
            PersonId = match.Person.Id,
            Instant = instant,
            TimeZone = _clock.Zone.Id,
            LocalTime = _clock.Zone.ToLocal(instant),
            Direction = request.Direction,
            Method = PunchMethod.Face,
            Source = request.Source,
            Distance = match.Distance,
            DetectionScore = face.Score,
            IdempotencyKey = request.IdempotencyKey ?? Guid.CreateVersion7().ToString(),
            RequestDigest = request.IdempotencyKey is null ? null : Convert.ToHexStringLower(SHA256.HashData(request.Image.Span)),
        };
    }
}

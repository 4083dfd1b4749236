using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Frat;

/// <inheritdoc/>
internal sealed class CheckInService(
    IFaceIdentifier identifier,
    IAttendanceLog log,
    IPersonStore people,
    IOptions<ImageDecoderOptions> limits,
    FratInstruments telemetry,
    TimeProvider time,
    SiteClock clock) : ICheckInService
{
    public async Task<CheckInResult> CheckInAsync(CheckInRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var start = time.GetTimestamp();
        var result = await RecognizeAsync(request, cancellationToken).ConfigureAwait(false);
        telemetry.CheckIn(result.Outcome, time.GetElapsedTime(start));
        return result;
    }

    public async Task<PunchReceipt?> PunchAsync(PunchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var site = clock.At(request.Site);
        var isManual = request.Method == PunchMethod.Manual;
        if (!isManual && request.Method != PunchMethod.Pin)
        {
            throw new ArgumentException($"A punch by {request.Method} is none of this call: Pin and Manual are.", nameof(request));
        }

        if (isManual && request.Note is not { Reason: not null })
        {
            throw new ArgumentException("A manager's punch says who enters it, and why.", nameof(request));
        }

        if (request.LocalTime is not null && (!isManual || request.CapturedAt is not null))
        {
            throw new ArgumentException("A time on the wall is for a manager's punch, which has no other.", nameof(request));
        }

        // By PIN somebody stands at the door; a manager enters what was.
        if (!isManual && await people.FindAsync(request.PersonId, cancellationToken).ConfigureAwait(false) is not { IsActive: true })
        {
            return null;
        }

        var instant = request.LocalTime is { } wall ? PunchTimes.OfWall(site, wall) : PunchTimes.OfDevice(site, request.CapturedAt);
        var punch = new Punch
        {
            PersonId = request.PersonId,
            Instant = instant,
            TimeZone = site.Zone.Id,
            LocalTime = site.Zone.ToLocal(instant),
            Direction = request.Direction,
            Method = request.Method,
            Source = request.Source,
            DeviceId = request.DeviceId,
            IdempotencyKey = request.IdempotencyKey ?? Guid.CreateVersion7().ToString(),
        };
        return await FratSpans.RunAsync(
            FratTelemetry.AppendSpan, () => log.AppendAsync(punch, request.Note, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<CheckInResult> RecognizeAsync(CheckInRequest request, CancellationToken cancellationToken)
    {
        // Before anybody is looked for: what is wrong with the request is no matter of whose face it is.
        var site = clock.At(request.Site);
        var instant = PunchTimes.OfDevice(site, request.CapturedAt);
        var (frames, digest) = request.IdempotencyKey is null
            ? (request.Frames, null)
            : await DigestAsync(request.Frames, cancellationToken).ConfigureAwait(false);
        var found = await identifier.IdentifyAsync(frames, cancellationToken).ConfigureAwait(false);
        if (found.Person is not { } person)
        {
            return new CheckInResult { Outcome = found.Outcome, Distance = found.Distance, Reason = found.Reason };
        }

        if (request.PersonId is { } expected && expected != person.Id)
        {
            return new CheckInResult
            {
                Outcome = IdentificationOutcome.Unsure,
                Distance = found.Distance,
                Reason = "The frames show somebody else than those before.",
            };
        }

        var punch = new Punch
        {
            PersonId = person.Id,
            Instant = instant,
            TimeZone = site.Zone.Id,
            LocalTime = site.Zone.ToLocal(instant),
            Direction = request.Direction,
            Method = PunchMethod.Face,
            Source = request.Source,
            DeviceId = request.DeviceId,
            Distance = found.Distance,
            DetectionScore = found.DetectionScore,
            IdempotencyKey = request.IdempotencyKey ?? Guid.CreateVersion7().ToString(),
            RequestDigest = digest,
        };

        // Null: the person was forgotten, revoked or deactivated between the search and now, or the consent has ended, so nobody is known
        // by this face any more.
        var receipt = await FratSpans.RunAsync(
            FratTelemetry.AppendSpan, () => log.AppendAsync(punch, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return new CheckInResult
        {
            Outcome = receipt is null ? IdentificationOutcome.Unknown : IdentificationOutcome.Recognized,
            Receipt = receipt,
            Distance = found.Distance,
            Reason = found.Reason,
        };
    }

    /// <summary>The SHA-256 of one frame or, of several, of those of each; streams are read to memory for it.</summary>
    private async Task<(IReadOnlyList<FaceImage> Frames, string Digest)> DigestAsync(
        IReadOnlyList<FaceImage> frames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var (read, digests) = (new List<FaceImage>(), new List<byte>());
        foreach (var frame in frames.Take(IFaceIdentifier.MaxFrames + 1))
        {
            var bytes = await frame.ReadAsync(limits.Value.MaxBytes, cancellationToken).ConfigureAwait(false);
            read.Add(bytes);
            digests.AddRange(SHA256.HashData(bytes.Span));
        }

        var digest = read.Count == 1 ? [.. digests] : SHA256.HashData(digests.ToArray());
        return (read, Convert.ToHexStringLower(digest));
    }
}

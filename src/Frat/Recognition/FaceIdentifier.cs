namespace Frat;

/// <inheritdoc/>
internal sealed class FaceIdentifier(
    ProbeReader probes, IdentificationRule rule, FaceGallery gallery, IEncodingStore store, IFaceEncoder encoder) : IFaceIdentifier
{
    public async Task<Identification> IdentifyAsync(IReadOnlyList<FaceImage> frames, CancellationToken cancellationToken = default)
    {
        var probe = await probes.ReadAsync(frames, cancellationToken).ConfigureAwait(false);
        if (probe.Encoding is not { } encoding)
        {
            return new Identification { Outcome = probe.Failure!.Value };
        }

        var nearest = await FratSpans.RunAsync(
            FratTelemetry.IdentifySpan,
            () => gallery.ScoreAsync(encoding, cancellationToken: cancellationToken).AsTask()).ConfigureAwait(false);
        if (nearest is not { } match)
        {
            return new Identification { Outcome = IdentificationOutcome.Unknown, DetectionScore = probe.Score, Face = probe.Face };
        }

        var (outcome, limit, reason) = rule.Decide(match);
        return new Identification
        {
            Outcome = outcome,
            Person = outcome == IdentificationOutcome.Recognized ? match.Person : null,
            Distance = match.Distance,
            RunnerUpDistance = float.IsFinite(match.RunnerUpDistance) ? match.RunnerUpDistance : null,
            Limit = limit,
            Reason = reason,
            DetectionScore = probe.Score,
            Face = probe.Face,
        };
    }

    public async Task<Verification> VerifyAsync(
        Guid personId, IReadOnlyList<FaceImage> frames, CancellationToken cancellationToken = default)
    {
        var probe = await probes.ReadAsync(frames, cancellationToken).ConfigureAwait(false);
        if (probe.Encoding is not { } encoding)
        {
            return new Verification
            {
                Outcome = probe.Failure switch
                {
                    IdentificationOutcome.NoFace => VerificationOutcome.NoFace,
                    IdentificationOutcome.TooFar => VerificationOutcome.TooFar,
                    IdentificationOutcome.FacesDiffer => VerificationOutcome.FacesDiffer,
                    _ => VerificationOutcome.SeveralFaces,
                },
            };
        }

        float? nearest = null;
        await foreach (var template in store.ReadAsync(encoder.Info.Id, personId, cancellationToken).ConfigureAwait(false))
        {
            var distance = encoder.Info.Distance(encoding, template.Encoding);
            nearest = distance >= nearest ? nearest : distance;
        }

        return new Verification
        {
            Outcome = nearest is not { } least ? VerificationOutcome.NoTemplate
                : rule.IsNear(least) ? VerificationOutcome.Verified
                : VerificationOutcome.Refused,
            Distance = nearest,
        };
    }
}

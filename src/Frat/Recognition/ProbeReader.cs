using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>From the frames of one request to the one face that is compared: the part that all recognition shares.</summary>
internal sealed class ProbeReader(FaceFinder finder, IFaceEncoder encoder, IOptions<FratOptions> options)
{
    private readonly float _minEyeDistance = MainFace.MinEyeDistance(options.Value.Recognition.Distance);

    /// <summary>Reads the face.</summary>
    /// <exception cref="ArgumentException">There is no frame, or there are too many.</exception>
    public async Task<Probe> ReadAsync(IReadOnlyList<FaceImage> frames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count is 0 or > IFaceIdentifier.MaxFrames)
        {
            throw new ArgumentException($"There are {frames.Count} frames; 1 to {IFaceIdentifier.MaxFrames} can be.", nameof(frames));
        }

        await using var turn = await finder.BeginAsync(frames, _minEyeDistance, cancellationToken).ConfigureAwait(false);
        var seen = new List<SeenFace>(frames.Count);
        var hasFarther = false;
        while (await turn.NextAsync().ConfigureAwait(false) is { } frame)
        {
            if (frame.Main is { } face)
            {
                seen.Add(face);
            }
            else if (frame.Near.Count > 0)
            {
                return new Probe(IdentificationOutcome.SeveralFaces); // Without an encoding: it can't decide anything.
            }

            hasFarther |= frame.HasFarther;
        }

        if (seen.Count == 0)
        {
            return new Probe(hasFarther ? IdentificationOutcome.TooFar : IdentificationOutcome.NoFace);
        }

        var counting = Best(seen);
        var encodings = await turn.EncodeAsync(counting).ConfigureAwait(false);
        var tracks = FaceTrack.Follow(
            [.. counting.Select((face, i) => new TrackedFace(face.Face.Box, face.Width, face.Height, encodings[i], face.Face.Score))],
            encoder.Info);
        return tracks switch
        {
            [var track] when track.IsOfOnePerson(encoder.Info) =>
                new Probe(track.Mean(encoder.Info), track.Faces.Max(face => face.Score)) { Face = InFrame(counting[^1]) },
            [_] => new Probe(IdentificationOutcome.FacesDiffer),
            _ => new Probe(IdentificationOutcome.SeveralFaces),
        };
    }

    private static FaceInFrame InFrame(SeenFace seen) => new()
    {
        Box = seen.Face.Box,
        FrameWidth = seen.Width,
        FrameHeight = seen.Height,
        Quality = seen.Face.Quality,
    };

    // Where none is good, a poor one is still better than none: the limit decides then.
    private List<SeenFace> Best(List<SeenFace> seen)
    {
        var good = seen.FindAll(face => PhotoGate.IsGood(face.Face.Quality, options.Value.Enrollment));
        return good.Count > 0 ? good : seen;
    }
}

/// <summary>A face to compare, or why there is none.</summary>
internal sealed record Probe
{
    public Probe(IdentificationOutcome failure) => Failure = failure;

    public Probe(FaceEncoding encoding, float score) => (Encoding, Score) = (encoding, score);

    public IdentificationOutcome? Failure { get; }

    public FaceEncoding? Encoding { get; }

    public float Score { get; }

    public FaceInFrame? Face { get; init; }
}

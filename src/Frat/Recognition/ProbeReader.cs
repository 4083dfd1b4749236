using System.Numerics.Tensors;

namespace Frat;

/// <summary>From the frames of one request to the one face that is compared: the part that all recognition shares.</summary>
internal sealed class ProbeReader(FaceFinder finder, IdentificationRule rule)
{
    /// <summary>Reads the face.</summary>
    /// <exception cref="ArgumentException">There is no frame, or there are too many.</exception>
    public async Task<Probe> ReadAsync(IReadOnlyList<FaceImage> frames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count is 0 or > IFaceIdentifier.MaxFrames)
        {
            throw new ArgumentException($"There are {frames.Count} frames; 1 to {IFaceIdentifier.MaxFrames} can be.", nameof(frames));
        }

        var faces = new List<Face>(frames.Count);
        foreach (var frame in frames)
        {
            var found = (await finder.FindAsync(frame, WorkKind.CheckIn, cancellationToken).ConfigureAwait(false)).Faces;
            if (MainFace.Of(found) is { } face)
            {
                faces.Add(face);
            }
            else if (found.Count > 0)
            {
                return new Probe(IdentificationOutcome.SeveralFaces);
            }
        }

        return faces switch
        {
            [] => new Probe(IdentificationOutcome.NoFace),
            [var one] => new Probe(one.Encoding, one.Score),
            _ when !rule.AreOne([.. faces.Select(face => face.Encoding)]) => new Probe(IdentificationOutcome.SeveralFaces),
            _ => new Probe(MeanOf(faces), faces.Max(face => face.Score)),
        };
    }

    private static FaceEncoding MeanOf(List<Face> faces)
    {
        var mean = new float[faces[0].Encoding.Dimension];
        foreach (var face in faces)
        {
            TensorPrimitives.Add(mean, face.Encoding.Values, mean);
        }

        TensorPrimitives.Divide(mean, faces.Count, mean);
        return new FaceEncoding(faces[0].Encoding.EncoderId, mean);
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
}

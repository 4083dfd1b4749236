using System.Numerics.Tensors;

namespace Frat;

/// <summary>A face that was followed from frame to frame, in their order.</summary>
internal sealed class FaceTrack
{
    /// <summary>
    /// How much of two boxes together both have at least, for the faces to be at one place. At three frames a second, somebody who walks by
    /// at arm's length moves on by more than that; then the encodings say whether it is the same face.
    /// </summary>
    public const double MinOverlap = 0.3;

    private readonly List<TrackedFace> _faces = [];

    private FaceTrack(TrackedFace first) => _faces.Add(first);

    public IReadOnlyList<TrackedFace> Faces => _faces;

    /// <summary>
    /// Follows faces. One belongs to the track whose last face was at its place, or one of whose faces its encoding takes for the same
    /// person; of several such tracks, to the one with the most alike face.
    /// </summary>
    /// <param name="faces">The faces of frames, in the order of these.</param>
    /// <param name="encoder">How encodings are compared.</param>
    /// <returns>The tracks, one at least where there are faces, each face in one of them.</returns>
    public static IReadOnlyList<FaceTrack> Follow(IReadOnlyList<TrackedFace> faces, FaceEncoderInfo encoder)
    {
        var tracks = new List<FaceTrack>();
        foreach (var face in faces)
        {
            var nearest = tracks
                .Select(track => (Track: track, Distance: track._faces.Min(one => encoder.Distance(one.Encoding, face.Encoding))))
                .Where(track => track.Distance <= encoder.RecommendedMaxDistance || track.Track._faces[^1].Overlap(face) >= MinOverlap)
                .OrderBy(track => track.Distance).FirstOrDefault().Track;
            if (nearest is null)
            {
                tracks.Add(new FaceTrack(face));
            }
            else
            {
                nearest._faces.Add(face);
            }
        }

        return tracks;
    }

    /// <summary>
    /// Whether all faces are one person's: no two are farther apart than the encoder takes two photos of one person to be. Frames of one
    /// moment are nearer than photos of two days, for which that limit was made.
    /// </summary>
    public bool IsOfOnePerson(FaceEncoderInfo encoder) =>
        _faces.Index().All(one => _faces.Skip(one.Index + 1).All(other => encoder.IsMatch(one.Item.Encoding, other.Encoding)));

    /// <summary>
    /// The mean of the encodings. In the Euclidean metric it isn't brought back to their length, as that of templates isn't (ADR 0030); in
    /// the cosine's, each counts by its direction, and so does the mean. Of one face it is its encoding, to the bit.
    /// </summary>
    public FaceEncoding Mean(FaceEncoderInfo encoder)
    {
        if (_faces.Count == 1)
        {
            return _faces[0].Encoding;
        }

        var mean = new float[_faces[0].Encoding.Dimension];
        foreach (var face in _faces)
        {
            var values = face.Encoding.Values;
            var length = encoder.Metric == DistanceMetric.Cosine ? TensorPrimitives.Norm(values) : 1;
            TensorPrimitives.MultiplyAdd(values, 1 / (length * _faces.Count), mean, mean);
        }

        return new FaceEncoding(_faces[0].Encoding.EncoderId, mean);
    }
}

/// <summary>The face of a frame that counts, encoded.</summary>
/// <param name="Box">Where it is, in pixels of the frame.</param>
/// <param name="Width">Of the frame, in pixels: two frames needn't be of one size.</param>
/// <param name="Height">The same.</param>
/// <param name="Encoding">What the encoder makes of it.</param>
/// <param name="Score">How sure the detector is.</param>
internal sealed record TrackedFace(FaceBox Box, int Width, int Height, FaceEncoding Encoding, float Score)
{
    /// <summary>What both boxes have of all that they cover, as parts of their frames: from 0, apart, to 1, the same.</summary>
    public double Overlap(TrackedFace other)
    {
        var (ownX, ownY, otherX, otherY) = (1.0 / Width, 1.0 / Height, 1.0 / other.Width, 1.0 / other.Height);
        var both = Shared(Box.Left * ownX, (Box.Right + 1) * ownX, other.Box.Left * otherX, (other.Box.Right + 1) * otherX)
            * Shared(Box.Top * ownY, (Box.Bottom + 1) * ownY, other.Box.Top * otherY, (other.Box.Bottom + 1) * otherY);
        var all = (Box.Width * ownX * Box.Height * ownY) + (other.Box.Width * otherX * other.Box.Height * otherY) - both;
        return all > 0 ? both / all : 0;

        static double Shared(double from, double to, double otherFrom, double otherTo) =>
            Math.Max(0, Math.Min(to, otherTo) - Math.Max(from, otherFrom));
    }
}

using System.Numerics.Tensors;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Frat.Tests.Recognition;

/// <summary>Faces of made-up people, followed from frame to frame: what must hold whoever comes and wherever they stand.</summary>
[Properties(Arbitrary = [typeof(AnyBursts)], MaxTest = 500)]
public sealed class FaceTrackTests
{
    [Property]
    public void Follow_AnyFaces_HasEachOnceAndInItsOrder(Burst burst)
    {
        var faces = burst.Anything();

        var tracks = FaceTrack.Follow(faces, burst.Encoder);

        InOrder(tracks.SelectMany(track => track.Faces)).ShouldBe(faces);
        tracks.ShouldAllBe(track => track.Faces.Count > 0 && track.Faces.SequenceEqual(InOrder(track.Faces)));
    }

    [Property]
    public void Follow_OnePersonWhoWalks_IsOneTrackAndTheMeanIsNearerThanItsWorstFrame(Burst burst)
    {
        var faces = burst.WalkOf(person: 0);

        var track = FaceTrack.Follow(faces, burst.Encoder).ShouldHaveSingleItem();

        track.IsOfOnePerson(burst.Encoder).ShouldBeTrue();
        var truth = burst.TrueFaceOf(0);
        burst.Encoder.Distance(truth, track.Mean(burst.Encoder))
            .ShouldBeLessThanOrEqualTo(faces.Max(face => burst.Encoder.Distance(truth, face.Encoding)) + 1e-5f);
    }

    [Property]
    public void Follow_PeopleAtPlacesOfTheirOwn_AreTracksOfTheirOwn(Burst burst)
    {
        var faces = burst.SideBySide();

        var tracks = FaceTrack.Follow(faces, burst.Encoder);

        tracks.Count.ShouldBe(faces.Select(burst.PersonOf).Distinct().Count());
        tracks.ShouldAllBe(track => track.IsOfOnePerson(burst.Encoder) && track.Faces.Select(burst.PersonOf).Distinct().Count() == 1);
    }

    // The one thing that must never be: a third face, made of two.
    [Property]
    public void Follow_PeopleWhoSwapAtOnePlace_IsNeverTakenForOnePerson(Burst burst)
    {
        var faces = burst.Swap();

        var tracks = FaceTrack.Follow(faces, burst.Encoder);

        (tracks.Count == 1 && tracks[0].IsOfOnePerson(burst.Encoder)).ShouldBeFalse();
    }

    [Property]
    public void Mean_EncodingsOfAnyLength_CountsAsTheMetricWantsIt(Burst burst)
    {
        var faces = burst.WalkOf(person: 1);
        var longer = faces.Select((face, i) => face with { Encoding = Scaled(face.Encoding, i + 1) }).ToList();

        var mean = FaceTrack.Follow(faces, burst.Encoder)[0].Mean(burst.Encoder);

        if (burst.Encoder.Metric == DistanceMetric.Cosine)
        {
            burst.Encoder.Distance(mean, FaceTrack.Follow(longer, burst.Encoder)[0].Mean(burst.Encoder)).ShouldBe(0, 1e-5f);
        }
        else
        {
            for (var i = 0; i < mean.Dimension; i++)
            {
                mean.Values[i].ShouldBe(faces.Average(face => face.Encoding.Values[i]), 1e-5f);
            }
        }
    }

    [Property]
    public void Overlap_AnyTwoBoxes_IsSymmetricAndKnowsNoSizeOfFrames(Burst burst)
    {
        var (one, other) = (burst.Anything()[0], burst.Anything()[0]);

        one.Overlap(other).ShouldBe(other.Overlap(one), 1e-9);
        one.Overlap(other).ShouldBeInRange(0, 1 + 1e-9);
        one.Overlap(one).ShouldBe(1, 1e-9);
        Doubled(one).Overlap(other).ShouldBe(one.Overlap(other), 1e-9);
    }

    [Fact]
    public void Mean_OneFace_IsItsEncodingToTheBit()
    {
        var burst = new Burst(1);
        var face = burst.Anything()[0];

        FaceTrack.Follow([face], burst.Encoder).ShouldHaveSingleItem().Mean(burst.Encoder).ShouldBe(face.Encoding);
        FaceTrack.Follow([], burst.Encoder).ShouldBeEmpty();
    }

    private static IReadOnlyList<TrackedFace> InOrder(IEnumerable<TrackedFace> faces) => [.. faces.OrderBy(face => face.Score)];

    private static FaceEncoding Scaled(FaceEncoding encoding, float factor)
    {
        var values = encoding.Values.ToArray();
        TensorPrimitives.Multiply(values, factor, values);
        return new FaceEncoding(encoding.EncoderId, values);
    }

    private static TrackedFace Doubled(TrackedFace face) => face with
    {
        Width = 2 * face.Width,
        Height = 2 * face.Height,
        Box = new FaceBox(2 * face.Box.Left, 2 * face.Box.Top, (2 * face.Box.Right) + 1, (2 * face.Box.Bottom) + 1),
    };

    private static class AnyBursts
    {
        public static Arbitrary<Burst> Any() => Gen.Choose(0, int.MaxValue - 1).Select(seed => new Burst(seed)).ToArbitrary();
    }

    /// <summary>
    /// 1 to 8 frames. Each of three people is a direction at right angles to the others'; a frame adds less than a third of the limit.
    /// The score says which frame it is.
    /// </summary>
    public sealed class Burst
    {
        private const int People = 3;
        private const int Dimension = 16;
        private const int Side = 100;

        private readonly Random _random;

        public Burst(int seed)
        {
            _random = new Random(seed);
            var cosine = _random.Next(2) == 0;
            Encoder = new FaceEncoderInfo
            {
                Id = "made-up",
                Dimension = Dimension,
                Metric = cosine ? DistanceMetric.Cosine : DistanceMetric.Euclidean,
                RecommendedMaxDistance = cosine ? 0.5f : 0.6f,
            };
        }

        internal FaceEncoderInfo Encoder { get; }

        private int Frames => _random.Next(1, IFaceIdentifier.MaxFrames + 1);

        internal IReadOnlyList<TrackedFace> Anything() => [.. Enumerable.Range(0, Frames).Select(frame => Face(
            frame, _random.Next(People), _random.Next(-50, 600), _random.Next(-50, 400)))];

        internal IReadOnlyList<TrackedFace> WalkOf(int person) => [.. Enumerable.Range(0, Frames).Select(frame => Face(
            frame, person, _random.Next(-50, 600), _random.Next(-50, 400)))];

        internal IReadOnlyList<TrackedFace> SideBySide() => [.. Enumerable.Range(0, Frames)
            .Select(frame => (Frame: frame, Person: _random.Next(People)))
            .Select(one => Face(one.Frame, one.Person, (one.Person * 2 * Side) + _random.Next(20), 100 + _random.Next(20)))];

        internal IReadOnlyList<TrackedFace> Swap()
        {
            var (frames, left, top) = (_random.Next(2, IFaceIdentifier.MaxFrames + 1), _random.Next(500), _random.Next(300));
            var at = _random.Next(1, frames);
            return [.. Enumerable.Range(0, frames).Select(frame => Face(
                frame, frame < at ? 0 : 1, left + _random.Next(20), top + _random.Next(20)))];
        }

        internal FaceEncoding TrueFaceOf(int person) => new(Encoder.Id, Direction(person));

        internal int PersonOf(TrackedFace face) =>
            Enumerable.Range(0, People).MinBy(person => Encoder.Distance(face.Encoding, TrueFaceOf(person)));

        private static float[] Direction(int person)
        {
            var values = new float[Dimension];
            values[person] = 1;
            return values;
        }

        private TrackedFace Face(int frame, int person, int left, int top)
        {
            var values = Direction(person);
            var noise = new float[Dimension];
            for (var i = 0; i < Dimension; i++)
            {
                noise[i] = (float)((2 * _random.NextDouble()) - 1);
            }

            TensorPrimitives.MultiplyAdd(noise, 0.2f / TensorPrimitives.Norm<float>(noise), values, values);
            return new TrackedFace(
                new FaceBox(left, top, left + Side - 1, top + Side - 1), 640, 480, new FaceEncoding(Encoder.Id, values), frame);
        }
    }
}

using Microsoft.Extensions.Options;

namespace Frat.Tests.Gallery.Calibration;

/// <summary>The share of strangers that is asked for is the one that is got, in synthetic galleries.</summary>
public sealed class CalibrationTests
{
    // The bounds are those of the estimate: of so few people, a tail is known to a factor only, so several galleries count together.
    [Theory]
    [InlineData(10, CalibrationBasis.Encoder, false, 0.01, 20, 500, 0, 2)]
    [InlineData(10, CalibrationBasis.Encoder, true, 0.01, 20, 500, 0, 2)]
    [InlineData(30, CalibrationBasis.Distances, false, 0.01, 20, 500, 0.3, 2)]
    [InlineData(30, CalibrationBasis.Distances, true, 0.01, 20, 500, 0.3, 3)]
    [InlineData(100, CalibrationBasis.Distances, false, 0.01, 12, 500, 0.2, 2)]
    [InlineData(100, CalibrationBasis.Distances, true, 0.01, 12, 500, 0.2, 2)]
    [InlineData(100, CalibrationBasis.Distances, false, 0.001, 12, 500, 0, 3)]
    [InlineData(1_000, CalibrationBasis.Normalised, false, 0.01, 1, 2_000, 0.5, 2)]
    [InlineData(1_000, CalibrationBasis.Normalised, true, 0.01, 1, 2_000, 0.5, 2)]
    internal void Calibrate_SyntheticPeople_StrangersGetInAsOftenAsAskedFor(
        int people, CalibrationBasis basis, bool areAlike, double target, int galleries, int strangers, double least, double most)
    {
        var taken = 0;
        for (var seed = 0; seed < galleries; seed++)
        {
            var gallery = new SyntheticGallery(seed, people, templates: 3, target, areAlike);
            gallery.Calibration.Basis.ShouldBe(basis);
            taken += gallery.Strangers(strangers).Count(stranger => stranger.Within >= 0);
        }

        (taken / (double)(galleries * strangers) / target).ShouldBeInRange(least, most);
    }

    [Fact]
    public void Calibrate_AThousandPeople_MissesFewerThanThePlainDistanceAtTheSameShareOfStrangers()
    {
        const double target = 0.01;
        var gallery = new SyntheticGallery(seed: 1, people: 1_000, templates: 3, target);
        var strangers = gallery.Strangers(2_000);
        var own = gallery.Own(500);

        var plain = strangers.Select(stranger => stranger.Distance).Order().ElementAt((int)(target * strangers.Count));
        var within = strangers.Select(stranger => stranger.Within).OrderDescending().ElementAt((int)(target * strangers.Count));

        own.Count(one => one.Within <= within).ShouldBeLessThan(own.Count(one => one.Distance >= plain));
    }

    [Fact]
    public void Level_OfAKnownTail_IsWhereItsShareBegins()
    {
        // An exponential tail: a thousandth of it lies beyond 6.9.
        var random = new Random(6);
        var levels = Enumerable.Range(0, 20).Select(_ =>
            TailModel.Level([.. Enumerable.Range(0, 1_000).Select(_ => -Math.Log(1 - random.NextDouble()))], 0.001)).ToList();

        levels.Average().ShouldBeInRange(5.5, 8.5);
    }

    [Theory]
    [InlineData(0.30f, IdentificationOutcome.Recognized, "The distance 0.300 is within 0.400, the limit for 0.1% of strangers")]
    [InlineData(0.42f, IdentificationOutcome.Unsure, "The distance 0.420 is beyond 0.400")]
    [InlineData(0.48f, IdentificationOutcome.Unknown, "The distance 0.480 is beyond 0.400")]
    public void Decide_ByTheGallerysLimit_SaysWhy(float distance, IdentificationOutcome outcome, string reason)
    {
        var decision = Rule(options => options.TargetFalsePositiveRate = 0.001).Decide(Score(distance, limit: 0.4f));

        (decision.Outcome, decision.Limit).ShouldBe((outcome, 0.4f));
        decision.Reason.ShouldStartWith(reason);
    }

    [Fact]
    public void Decide_LargestDistanceBelowTheLimit_IsTheBound()
    {
        var rule = Rule(options => (options.TargetFalsePositiveRate, options.MaxDistance) = (0.001, 0.35f));

        var decision = rule.Decide(Score(0.38f, limit: 0.4f));

        (decision.Outcome, decision.Limit).ShouldBe((IdentificationOutcome.Unknown, 0.35f));
    }

    private static GalleryScore Score(float distance, float limit) => new()
    {
        Person = new Person { Id = Guid.NewGuid(), EmployeeId = "id", Name = "name", EnrolledAt = default },
        Distance = distance,
        RunnerUpDistance = 0.9f,
        People = 200,
        Limit = limit,
        OuterLimit = limit + 0.05f,
        Basis = CalibrationBasis.Distances,
    };

    private static IdentificationRule Rule(Action<RecognitionOptions> configure)
    {
        var options = new FratOptions();
        configure(options.Recognition);
        return new IdentificationRule(Options.Create(options), new NoEncoder());
    }

    private sealed class NoEncoder : IFaceEncoder
    {
        public FaceEncoderInfo Info { get; } = new() { Id = "e", Dimension = 2, RecommendedMaxDistance = 0.6f };

        public ValueTask<IReadOnlyList<Face>> EncodeAsync(
            RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default) =>
                throw new NotSupportedException();
    }
}

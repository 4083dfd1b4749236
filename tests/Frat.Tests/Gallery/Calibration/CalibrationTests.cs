using Microsoft.Extensions.Options;

namespace Frat.Tests.Gallery.Calibration;

/// <summary>The share of strangers that is asked for is the one that is got, in synthetic galleries.</summary>
public sealed class CalibrationTests
{
    // Of few people a tail is known to a factor only, so several galleries count together; the bounds are those of the estimate.
    [Theory]
    [InlineData(Population.Portraits, 30, 0.01, 20, 500, 0.2, 2.5)]
    [InlineData(Population.Even, 30, 0.01, 20, 500, 0.2, 2.5)]
    [InlineData(Population.Alike, 30, 0.01, 20, 500, 0.2, 2.5)]
    [InlineData(Population.Dense, 30, 0.01, 20, 500, 0.2, 2.5)]
    [InlineData(Population.Portraits, 100, 0.01, 10, 500, 0.3, 2)]
    [InlineData(Population.Even, 100, 0.01, 10, 500, 0.3, 2)]
    [InlineData(Population.Alike, 100, 0.01, 10, 500, 0.3, 2)]
    [InlineData(Population.Dense, 100, 0.01, 10, 500, 0.3, 2)]
    [InlineData(Population.Portraits, 100, 0.001, 10, 1_000, 0.0, 3)]
    [InlineData(Population.Even, 100, 0.001, 10, 1_000, 0.2, 3)]
    [InlineData(Population.Alike, 100, 0.001, 10, 1_000, 0.0, 3)]
    [InlineData(Population.Portraits, 1_000, 0.01, 3, 800, 0.5, 1.8)]
    [InlineData(Population.Even, 1_000, 0.01, 3, 800, 0.5, 1.8)]
    [InlineData(Population.Alike, 1_000, 0.01, 3, 800, 0.5, 1.8)]
    [InlineData(Population.Dense, 1_000, 0.01, 3, 800, 0.5, 1.8)]
    internal void Calibrate_SyntheticPeople_StrangersGetInAsOftenAsAskedFor(
        Population population, int people, double target, int galleries, int strangers, double least, double most)
    {
        var taken = 0;
        for (var seed = 0; seed < galleries; seed++)
        {
            var gallery = new SyntheticGallery(seed, population, people, templates: 3);
            taken += gallery.Strangers(strangers, gallery.Calibrate(target)).Count(stranger => stranger.Distance <= stranger.Limit);
        }

        (taken / (double)(galleries * strangers) / target).ShouldBeInRange(least, most);
    }

    [Theory]
    [InlineData(10_000, 1)]
    [InlineData(2_500, 2)] // Of more than a thousand people, not all have photos to find the limit with.
    public void Calibrate_ThousandsOfPeople_StrangersGetInAsOftenAsAskedFor(int people, int templates)
    {
        var gallery = new SyntheticGallery(seed: 1, Population.Portraits, people, templates);

        var taken = gallery.Strangers(2_000, gallery.Calibrate(0.01)).Count(stranger => stranger.Distance <= stranger.Limit);

        (taken / 20.0).ShouldBeInRange(0.5, 1.8);
    }

    // One photo is what strangers come with in the gallery's own eyes; the mean of several is nearer to everybody.
    [Fact]
    public void Calibrate_StrangersWithThreeIndependentPhotos_GetInAFewTimesAsOftenAtMost()
    {
        var gallery = new SyntheticGallery(seed: 1, Population.Portraits, people: 1_000, templates: 3);

        var taken = gallery.Strangers(2_000, gallery.Calibrate(0.01), frames: 3).Count(stranger => stranger.Distance <= stranger.Limit);

        (taken / 20.0).ShouldBeLessThan(3);
    }

    [Theory]
    [InlineData(Population.Portraits, 100)]
    [InlineData(Population.Even, 100)]
    [InlineData(Population.Alike, 100)]
    [InlineData(Population.Portraits, 1_000)]
    [InlineData(Population.Even, 1_000)]
    [InlineData(Population.Dense, 1_000)]
    internal void Score_AtTheSameShareOfStrangers_MissesNoMoreThanThePlainDistance(Population population, int people)
    {
        const double target = 0.01;
        var gallery = new SyntheticGallery(seed: 1, population, people, templates: 3);
        var calibration = gallery.Calibrate(target);
        var strangers = gallery.Strangers(2_000, calibration);
        var own = gallery.Own(people, calibration);

        var plain = strangers.Select(stranger => stranger.Distance).Order().ElementAt((int)(target * strangers.Count));
        var beyond = strangers.Select(Beyond).Order().ElementAt((int)(target * strangers.Count));

        own.Count(one => one is null || Beyond(one) >= beyond).ShouldBeLessThanOrEqualTo(own.Count(one => !(one?.Distance < plain)));
    }

    // What docs/accuracy.md and ADR 0031 promise of small galleries.
    [Theory]
    [InlineData(Population.Portraits)]
    [InlineData(Population.Even)]
    [InlineData(Population.Alike)]
    [InlineData(Population.Dense)]
    internal void Score_FewPeople_FewStrangersGetIn(Population population)
    {
        foreach (var (people, most) in ((int, int)[])[(1, 700), (3, 150), (10, 75), (29, 75)])
        {
            var taken = 0;
            for (var seed = 0; seed < 15; seed++)
            {
                var gallery = new SyntheticGallery(seed, population, people, templates: 3);
                var calibration = gallery.Calibrate(0.001);
                calibration.Limit.ShouldBeNull();
                taken += gallery.Strangers(500, calibration).Count(stranger => stranger.Distance <= stranger.Limit);
            }

            taken.ShouldBeLessThan(most, $"of 7,500, with {people} people");
        }
    }

    [Fact]
    public void Calibrate_SomeEnrolledTwice_IsNoStricterForEverybodyElse()
    {
        var some = new SyntheticGallery(seed: 1, Population.Even, people: 200, templates: 3, twice: 10);
        var none = new SyntheticGallery(seed: 1, Population.Even, people: 200, templates: 3);

        some.Calibrate(0.01).Limit!.Value.ShouldBe(none.Calibrate(0.01).Limit!.Value, 0.05);
    }

    [Fact]
    public void Level_OfAKnownTail_IsWhereItsShareBegins()
    {
        // A tail that ends: the distance of the nearest of many points is a Weibull's, whose tail's shape is that of the prior.
        var random = new Random(6);
        var levels = Enumerable.Range(0, 20).Select(_ => TailModel.Level(
            [.. Enumerable.Range(0, 1_000).Select(_ => Math.Pow(-Math.Log(1 - random.NextDouble()), 0.2))], 0.001, 1)).ToList();

        levels.Average().ShouldBe(Math.Pow(0.001, 0.2), 0.03);
    }

    [Theory]
    [InlineData(0.30f, IdentificationOutcome.Recognized, "The distance 0.300 is within 0.400, the limit of this face for 0.1%")]
    [InlineData(0.42f, IdentificationOutcome.Unsure, "The distance 0.420 is beyond 0.400")]
    [InlineData(0.48f, IdentificationOutcome.Unknown, "The distance 0.480 is beyond 0.400")]
    [InlineData(float.NaN, IdentificationOutcome.Unknown, "The distance NaN is beyond 0.400")]
    public void Decide_ByTheGallerysLimit_SaysWhy(float distance, IdentificationOutcome outcome, string reason)
    {
        var decision = Rule(_ => { }).Decide(Score(distance, limit: 0.4f));

        (decision.Outcome, decision.Limit).ShouldBe((outcome, 0.4f));
        decision.Reason.ShouldStartWith(reason);
    }

    [Theory]
    [InlineData(0.01f, 0.3f, IdentificationOutcome.Unsure)]
    [InlineData(0.05f, 0.3f, IdentificationOutcome.Recognized)]
    [InlineData(0.01f, 0.395f, IdentificationOutcome.Recognized)] // The other isn't within the limit.
    public void Decide_TwoPeopleWithinTheLimit_NeedTheMarginBetweenThem(float lead, float distance, IdentificationOutcome outcome)
    {
        var decision = Rule(options => options.Margin = 0.02f).Decide(Score(distance, limit: 0.4f) with { Lead = lead });

        decision.Outcome.ShouldBe(outcome);
    }

    [Fact]
    public void Decide_LargestDistanceBelowTheLimit_IsTheBound()
    {
        var decision = Rule(options => options.MaxDistance = 0.35f).Decide(Score(0.38f, limit: 0.4f));

        (decision.Outcome, decision.Limit).ShouldBe((IdentificationOutcome.Unknown, 0.35f));
        decision.Reason.ShouldContain("the largest distance");
    }

    private static double Beyond(GalleryScore score) => score.Distance - score.Limit;

    private static GalleryScore Score(float distance, float limit) => new()
    {
        Person = new Person { Id = Guid.NewGuid(), EmployeeId = "id", Name = "name", EnrolledAt = default },
        Distance = distance,
        RunnerUpDistance = 0.9f,
        Lead = 0.5f,
        People = 200,
        Limit = limit,
        OuterLimit = limit + 0.05f,
        Basis = LimitBasis.Gallery,
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

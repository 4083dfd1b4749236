using Frat.TestKit;
using Frat.Tests.Gallery.Calibration;

namespace Frat.Tests.Evaluation;

/// <summary>On encodings that are drawn, or so few that the answers are worked out by hand.</summary>
public sealed class RecognitionEvaluatorTests
{
    private const string Id = "test";

    private static readonly FaceEncoderInfo Encoder = new() { Id = Id, Dimension = 1, RecommendedMaxDistance = 0.65f };

    [Fact]
    public void EvaluateVerification_DistancesKnownByHand_CountsThem()
    {
        // Of one person: 0.1, 0.9, 0.8 and 0.5. Of two: 0.3, 0.8, 0.2, 0.7, 0.6 and 0.1, from 0, 0.1 and 0.9 to 0.3 and 0.8.
        var result = RecognitionEvaluator.EvaluateVerification(
            [At("a", 0), At("a", 0.1f), At("a", 0.9f), At("b", 0.3f), At("b", 0.8f)],
            Encoder,
            options: new EvaluationOptions { Rates = [0.5, 0.2, 0.1] });

        (result.GenuinePairs, result.ImpostorPairs).ShouldBe((4, 6));
        result.FnmrAtRecommended.ShouldBe(0.5, 1e-9);
        result.FmrAtRecommended.ShouldBe(4 / 6.0, 1e-9);
        result.FnmrAtFmr[0.5].Value.ShouldBe(0.5, 1e-9, "three of six match below 0.6, as 0.1 and 0.5 of the four do");
        result.FnmrAtFmr[0.2].Value.ShouldBe(0.75, 1e-9, "one of six matches below 0.2");
        result.FnmrAtFmr[0.1].Value.ShouldBe(double.NaN, "of six, none may");
    }

    [Fact]
    public void EvaluateVerification_FoldsGiven_JudgesEachByTheOthersThreshold()
    {
        // The first fold alone would be told best by 0.5, the second by 0.25, and each has to take the other's.
        EvaluationPair[] first = [Pair(0.45f, same: true), Pair(0.55f, same: false)];
        EvaluationPair[] second = [Pair(0.2f, same: true), Pair(0.3f, same: false)];

        var result = RecognitionEvaluator.EvaluateVerification([], Encoder, [first, second]);

        result.Folds.Select(fold => Math.Round(fold.Threshold, 3)).ShouldBe([0.25, 0.5]);
        result.Folds.Select(fold => fold.Accuracy).ShouldBe([0.5, 0.5]);
        (result.Accuracy, result.StandardError).ShouldBe((0.5, 0.0));
    }

    [Fact]
    public void EvaluateVerification_APairWithoutAFace_IsNoMatch()
    {
        var lost = new EvaluationPhoto { Person = "a", Name = "lost" };
        EvaluationPair[] fold = [new() { First = lost, Second = At("a", 0) }, new() { First = lost, Second = At("b", 0) }];

        var result = RecognitionEvaluator.EvaluateVerification([], Encoder, [fold, fold]);

        result.Accuracy.ShouldBe(0.5, "two people are told apart, one isn't recognised");
    }

    [Fact]
    public void EvaluateVerification_PeopleFarApart_IsAlwaysRight()
    {
        var result = RecognitionEvaluator.EvaluateVerification(Draw(30, 4, spread: 0.001), Encoder3);

        (result.Accuracy, result.Folds.Count).ShouldBe((1, 10));
        result.FnmrAtFmr.Values.ShouldAllBe(error => error.Value == 0);
        result.Curve.ShouldNotBeEmpty();
        result.Curve.Zip(result.Curve.Skip(1)).ShouldAllBe(
            pair => pair.First.Fmr <= pair.Second.Fmr && pair.First.Fnmr >= pair.Second.Fnmr);
    }

    [Fact]
    public void EvaluateVerification_Groups_AreJudgedWithinThemselves()
    {
        var result = RecognitionEvaluator.EvaluateVerification(
            [At("a", 0, "near"), At("b", 0.1f, "near"), At("c", 0, "far"), At("d", 1, "far"), At("d", 1.1f, "far")], Encoder);

        result.Groups.Select(group => (group.Group, group.People, group.Fmr)).ShouldBe([("far", 2, 0.0), ("near", 2, 1.0)]);
        (result.Groups[0].Fnmr, double.IsNaN(result.Groups[1].Fnmr)).ShouldBe((0, true));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 3)]
    public void EvaluateIdentification_AnyDraw_IsWhatPlainCountingGives(int templates, int frames)
    {
        var options = new EvaluationOptions { TemplatesPerPerson = templates, FramesPerProbe = frames, Rates = [0.2, 0.05] };
        var photos = Draw(60, 6, spread: 0.25).Concat(Draw(200, frames, spread: 0.25, seed: 9)).ToList();

        var results = RecognitionEvaluator.EvaluateIdentification(photos, Encoder3, options);

        var draw = IdentificationDraw.Of(photos, options);
        results.Select(result => result.Rule).ShouldBe(
            templates == 1 ? ["nearest", "calibrated"] : ["nearest", "mean", "clusters", "calibrated"]);
        foreach (var result in results.Where(result => result.Rule is "nearest" or "mean"))
        {
            (result.People, result.Strangers).ShouldBe((60, 200));
            var strangers = draw.Strangers.Select(stranger => Best(stranger.Encoding).Score).Order().ToList();
            foreach (var (rate, error) in result.FnirAtFpir)
            {
                // Just below the first who would be one too many.
                var limit = strangers[(int)(rate * strangers.Count)];
                var missed = draw.Probes.Count(
                    probe => Best(probe.Encoding) is var best && (best.Person != probe.Person || best.Score >= limit));
                error.Value.ShouldBe(missed / (double)draw.Probes.Count, 1e-12);
                error.Low.ShouldBeLessThanOrEqualTo(error.Value);
                error.High.ShouldBeGreaterThanOrEqualTo(error.Value);
            }

            var right = draw.Probes.Count(probe => Best(probe.Encoding).Person == probe.Person);
            result.Rank1.Value.ShouldBe(right / (double)result.Probes, 1e-12);

            (int Person, float Score) Best(FaceEncoding probe) => draw.Enrolled.Select((person, i) => (
                    i,
                    result.Rule == "mean"
                        ? Encoder3.Distance(probe, IdentificationDraw.MeanOf(person.Templates))
                        : person.Templates.Min(template => Encoder3.Distance(probe, template))))
                .MinBy(person => person.Item2);
        }
    }

    [Fact]
    public void EvaluateIdentification_TooFewStrangersForARate_SaysThatItCannotTell()
    {
        var result = RecognitionEvaluator.EvaluateIdentification(
            [.. Draw(20, 4, spread: 0.1), .. Draw(50, 1, spread: 0.1, seed: 3)],
            Encoder3,
            new EvaluationOptions { TemplatesPerPerson = 3, Rates = [0.1, 0.001] })[0];

        double.IsFinite(result.FnirAtFpir[0.1].Value).ShouldBeTrue();
        double.IsNaN(result.FnirAtFpir[0.001].Value).ShouldBeTrue();
    }

    [Fact]
    public void EvaluateIdentification_HardlyAnyStrangers_MakesHalfOfThePeopleStrangers()
    {
        var result = RecognitionEvaluator.EvaluateIdentification(Draw(40, 4, spread: 0.1), Encoder3)[0];

        (result.People, result.Strangers).ShouldBe((20, 20));
    }

    [Fact]
    public void EvaluateIdentification_NobodyHasPhotosEnough_GivesNothing() =>
        RecognitionEvaluator.EvaluateIdentification(Draw(5, 2, spread: 0.1), Encoder3).ShouldBeEmpty();

    [Fact]
    public void Evaluate_TheSameSeed_GivesTheSameInAnyOrder()
    {
        var photos = Draw(40, 5, spread: 0.3);
        var shuffled = photos.ToArray();
        new Random(5).Shuffle(shuffled);

        var first = RecognitionEvaluator.EvaluateIdentification(photos, Encoder3);
        var second = RecognitionEvaluator.EvaluateIdentification(shuffled, Encoder3);
        var other = RecognitionEvaluator.EvaluateIdentification(photos, Encoder3, new EvaluationOptions { Seed = 2 });

        second.Select(result => (result.Rank1, result.FnirAtFpir[0.1]))
            .ShouldBe(first.Select(result => (result.Rank1, result.FnirAtFpir[0.1])));
        other.Select(result => result.FnirAtFpir[0.1]).ShouldNotBe(first.Select(result => result.FnirAtFpir[0.1]));
    }

    [Fact]
    public void EvaluateIdentification_Calibrated_TellsWhatItsOwnLimitComesTo()
    {
        var faces = new SyntheticFaces(seed: 3, Population.Portraits);
        var photos = Photos("a", people: 150, photos: 4).Concat(Photos("s", people: 1_500, photos: 1)).ToList();

        var results = RecognitionEvaluator.EvaluateIdentification(
            photos, SyntheticGallery.Encoder, new EvaluationOptions { Rates = [0.1, 0.01], Resamples = 200 });

        var (nearest, calibrated) = (results[0], results.Single(result => result.Rule == "calibrated"));
        nearest.AtOwnLimit.ShouldBeEmpty();
        calibrated.AtOwnLimit.Keys.ShouldBe([0.1, 0.01]);
        foreach (var (rate, reached) in calibrated.AtOwnLimit)
        {
            (reached.Fpir.Value / rate).ShouldBeInRange(0.1, 5); // One gallery: means are CalibrationTests' matter.
            (reached.Fpir.Low < reached.Fpir.Value && reached.Fpir.Value < reached.Fpir.High).ShouldBeTrue();
            calibrated.FnirAtFpir[rate].Value.ShouldBeLessThanOrEqualTo(nearest.FnirAtFpir[rate].Value);
        }

        List<EvaluationPhoto> Photos(string name, int people, int photos) =>
            [.. Enumerable.Range(0, people).SelectMany(person =>
            {
                var face = faces.Person();
                return Enumerable.Range(0, photos).Select(photo => new EvaluationPhoto
                {
                    Person = $"{name}-{person:0000}",
                    Name = $"{name}-{person:0000}/{photo}",
                    Encoding = new FaceEncoding(SyntheticGallery.Encoder.Id, faces.Photo(face)),
                });
            })];
    }

    [Fact]
    public async Task EvaluateGallery_AHostsOwn_TellsWhoIsMissedAndWhoIsTooAlike()
    {
        await using var host = await FratHost.StartAsync();
        foreach (var (name, photos) in DebianPhotos.Johns.Take(3))
        {
            await host.EnrollAsync(name, photos[0], photos[1]);
        }

        var (first, photosOfFirst) = DebianPhotos.Johns.First();
        await host.EnrollAgainAsync("again", photosOfFirst[2]);
        var encoder = host.Get<IFaceEncoder>().Info;

        var gallery = await RecognitionEvaluator.EvaluateGalleryAsync(host.Get<IEncodingStore>(), encoder);

        (gallery.People, gallery.Templates, gallery.Probes, gallery.IsCalibrated).ShouldBe((4, 7, 3, false));
        (gallery.TargetFalsePositiveRate, gallery.MedianLimit).ShouldBe((0.001, 0.5f));
        gallery.Fnir.Value.ShouldBeLessThan(0.5);
        var pair = gallery.Alike.ShouldHaveSingleItem();
        new[] { pair.First, pair.Second }.ShouldBe([first, "again"], "by employee IDs, in their order");
    }

    [Fact]
    public void FindAlike_PairsBelowTheThreshold_AreNamedTheMostAlikeFirst()
    {
        var alike = RecognitionEvaluator.FindAlike([At("a", 0), At("b", 0.5f), At("b", 0.3f), At("c", 0.5f), At("d", 9)], Encoder);

        alike.Select(pair => (pair.First, pair.Second, Math.Round(pair.Distance, 3)))
            .ShouldBe([("b", "c", 0.1), ("a", "b", 0.4), ("a", "c", 0.5)]);
    }

    [Fact]
    public void Evaluate_WhatCannotBe_IsRefused()
    {
        Should.Throw<ArgumentException>(() => RecognitionEvaluator.EvaluateVerification(Draw(2, 2, 0.1), Encoder with { Id = "another" }));
        Should.Throw<ArgumentException>(() => Evaluate(new EvaluationOptions { Rates = [] }));
        Should.Throw<ArgumentException>(() => Evaluate(new EvaluationOptions { Rates = [1] }));
        Should.Throw<ArgumentException>(() => Evaluate(new EvaluationOptions { TemplatesPerPerson = 0 }));
        Should.Throw<ArgumentException>(() => Evaluate(new EvaluationOptions { FramesPerProbe = 9 }));

        static void Evaluate(EvaluationOptions options) => RecognitionEvaluator.EvaluateIdentification([], Encoder, options);
    }

    private static FaceEncoderInfo Encoder3 { get; } = Encoder with { Dimension = 3 };

    private static EvaluationPhoto At(string person, float value, string? group = null) => new()
    {
        Person = person, Group = group, Name = $"{person} at {value}", Encoding = new FaceEncoding(Id, [value]),
    };

    private static EvaluationPair Pair(float distance, bool same) =>
        new() { First = At("a", 0), Second = At(same ? "a" : "b", distance) };

    private static List<EvaluationPhoto> Draw(int people, int photos, double spread, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, people).SelectMany(person =>
        {
            float[] center = [10 * random.NextSingle(), 10 * random.NextSingle(), 10 * random.NextSingle()];
            return Enumerable.Range(0, photos).Select(photo => new EvaluationPhoto
            {
                Person = $"{seed}-{person:000}",
                Name = $"{seed}-{person:000}/{photo}",
                Encoding = new FaceEncoding(Id, [.. center.Select(value => value + (float)(spread * (random.NextDouble() - 0.5) * 4))]),
            });
        })];
    }
}

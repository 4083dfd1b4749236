namespace Frat;

/// <summary>Compares photos 1:1.</summary>
/// <param name="photos">The set: those that have an encoding.</param>
/// <param name="encoder">The encoder.</param>
/// <param name="options">The rates and the seed.</param>
internal sealed class Verifier(IReadOnlyList<EvaluationPhoto> photos, FaceEncoderInfo encoder, EvaluationOptions options)
{
    private const int MostFolds = 10;
    private const int MostPairsOfAFold = 300; // Of each kind, as Labeled Faces in the Wild has.
    private const int CurvePoints = 400;

    public VerificationEvaluation Evaluate(IReadOnlyList<IReadOnlyList<EvaluationPair>>? folds, CancellationToken cancellationToken)
    {
        var judged = Judge(folds ?? DrawFolds());
        var people = photos.GroupBy(photo => photo.Person).Select(person => person.ToList()).ToList();
        var genuine = new DistanceCounts();
        foreach (var pair in people.SelectMany(Pairs))
        {
            genuine.Add(Distance(pair));
        }

        var impostors = CountImpostors(cancellationToken);
        return new VerificationEvaluation
        {
            Accuracy = judged.Count == 0 ? double.NaN : judged.Average(fold => fold.Accuracy),
            StandardError = StandardError([.. judged.Select(fold => fold.Accuracy)]),
            Folds = judged,
            GenuinePairs = genuine.Total,
            ImpostorPairs = impostors.All.Total,
            FnmrAtFmr = options.Rates.ToDictionary(rate => rate, rate => FnmrAt(impostors.All.ThresholdFor(rate), people)),
            FmrAtRecommended = impostors.All.ShareUpTo(encoder.RecommendedMaxDistance),
            FnmrAtRecommended = 1 - genuine.ShareUpTo(encoder.RecommendedMaxDistance),
            Curve = genuine.Total == 0 || impostors.All.Total == 0 ? []
                : DistanceCounts.Curve(genuine, impostors.All, CurvePoints),
            Groups = [.. photos.Select(photo => photo.Group).OfType<string>().Distinct().Order(StringComparer.Ordinal)
                .Select(group => OfGroup(group, impostors.Of(group)))],
        };
    }

    private static IEnumerable<EvaluationPair> Pairs(List<EvaluationPhoto> person)
    {
        for (var i = 0; i < person.Count; i++)
        {
            for (var j = i + 1; j < person.Count; j++)
            {
                yield return new EvaluationPair { First = person[i], Second = person[j] };
            }
        }
    }

    private static double StandardError(double[] values)
    {
        if (values.Length < 2)
        {
            return double.NaN;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }

    /// <summary>The threshold that tells most pairs rightly, in the middle between two distances.</summary>
    private static float BestThreshold(IEnumerable<(float Distance, bool IsGenuine)> pairs)
    {
        var sorted = pairs.OrderBy(pair => pair.Distance).ToList();
        var right = sorted.Count(pair => !pair.IsGenuine);
        var (best, threshold) = (right, 0f);
        for (var i = 0; i < sorted.Count && float.IsFinite(sorted[i].Distance); i++)
        {
            right += sorted[i].IsGenuine ? 1 : -1;
            var next = i + 1 < sorted.Count && float.IsFinite(sorted[i + 1].Distance) ? sorted[i + 1].Distance : sorted[i].Distance;
            if (right > best && (next > sorted[i].Distance || i + 1 == sorted.Count || !float.IsFinite(sorted[i + 1].Distance)))
            {
                (best, threshold) = (right, (sorted[i].Distance + next) / 2);
            }
        }

        return threshold;
    }

    private float Distance(EvaluationPair pair) => pair is { First.Encoding: { } first, Second.Encoding: { } second }
        ? encoder.Distance(first, second)
        : float.PositiveInfinity;

    private List<VerificationFold> Judge(IReadOnlyList<IReadOnlyList<EvaluationPair>> folds)
    {
        var measured = folds.Select(fold => fold.Select(pair => (Distance: Distance(pair), pair.IsGenuine)).ToList())
            .Where(fold => fold.Count > 0).ToList();
        if (measured.Count < 2)
        {
            return [];
        }

        return [.. measured.Select((fold, i) =>
        {
            var threshold = BestThreshold(measured.Where((_, other) => other != i).SelectMany(other => other));
            return new VerificationFold
            {
                Pairs = fold.Count,
                Threshold = threshold,
                Accuracy = fold.Count(pair => pair.Distance <= threshold == pair.IsGenuine) / (double)fold.Count,
            };
        })];
    }

    /// <summary>Folds of people who are in no other fold, with as many pairs of one person as of two, as far as there are.</summary>
    private List<List<EvaluationPair>> DrawFolds()
    {
        var random = new Random(options.Seed);
        var people = Resampling.Shuffle(photos.GroupBy(photo => photo.Person).OrderBy(person => person.Key, StringComparer.Ordinal), random)
            .ConvertAll(person => person.ToList());
        var count = Math.Min(MostFolds, people.Count / 2);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var own = people.Where((_, i) => i % count == number).ToList();
            var genuine = Resampling.Shuffle(own.SelectMany(Pairs), random).Take(MostPairsOfAFold).ToList();
            var impostors = new HashSet<EvaluationPair>();
            for (var tries = 0; impostors.Count < genuine.Count && tries < genuine.Count * 20 && own.Count > 1; tries++)
            {
                var first = random.Next(own.Count);
                var second = (first + 1 + random.Next(own.Count - 1)) % own.Count;
                (first, second) = (Math.Min(first, second), Math.Max(first, second));
                impostors.Add(new EvaluationPair { First = Any(own[first]), Second = Any(own[second]) });
            }

            return (List<EvaluationPair>)[.. genuine, .. impostors];
        })];

        EvaluationPhoto Any(List<EvaluationPhoto> person) => person[random.Next(person.Count)];
    }

    private ImpostorCounts CountImpostors(CancellationToken cancellationToken)
    {
        var total = new ImpostorCounts();
        Parallel.For(
            0,
            photos.Count,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new ImpostorCounts(),
            (i, _, counts) =>
            {
                for (var j = i + 1; j < photos.Count; j++)
                {
                    var pair = new EvaluationPair { First = photos[i], Second = photos[j] };
                    if (!pair.IsGenuine)
                    {
                        counts.Add(pair, Distance(pair));
                    }
                }

                return counts;
            },
            counts =>
            {
                lock (total)
                {
                    total.Add(counts);
                }
            });
        return total;
    }

    private ErrorRate FnmrAt(float? threshold, List<List<EvaluationPhoto>> people) => threshold is not { } most ? ErrorRate.Unknown
        : Resampling.Interval(
            [.. people.Where(person => person.Count > 1).Select(person =>
            {
                var distances = Pairs(person).Select(Distance).ToList();
                return (distances.Count(distance => !(distance <= most)), distances.Count);
            })],
            options.Resamples,
            options.Seed);

    private GroupVerification OfGroup(string group, DistanceCounts impostors)
    {
        var people = photos.Where(photo => photo.Group == group).GroupBy(photo => photo.Person).Select(person => person.ToList()).ToList();
        var genuine = new DistanceCounts();
        foreach (var pair in people.SelectMany(Pairs))
        {
            genuine.Add(Distance(pair));
        }

        return new GroupVerification
        {
            Group = group,
            People = people.Count,
            Fmr = impostors.ShareUpTo(encoder.RecommendedMaxDistance),
            Fnmr = 1 - genuine.ShareUpTo(encoder.RecommendedMaxDistance),
        };
    }

    /// <summary>The distances between people: all of them, and those within each group.</summary>
    private sealed class ImpostorCounts
    {
        private readonly Dictionary<string, DistanceCounts> _groups = [];

        public DistanceCounts All { get; } = new();

        public DistanceCounts Of(string group)
        {
            if (!_groups.TryGetValue(group, out var counts))
            {
                _groups.Add(group, counts = new DistanceCounts());
            }

            return counts;
        }

        public void Add(EvaluationPair pair, float distance)
        {
            All.Add(distance);
            if (pair.First.Group is { } group && pair.Second.Group == group)
            {
                Of(group).Add(distance);
            }
        }

        public void Add(ImpostorCounts other)
        {
            All.Add(other.All);
            foreach (var (group, counts) in other._groups)
            {
                Of(group).Add(counts);
            }
        }
    }
}

namespace Frat;

/// <summary>
/// Finds the limit within which a given share of strangers is taken for somebody, from the gallery itself: every enrolled person is a
/// stranger to all others.
/// </summary>
/// <remarks>
/// A photo of each person (of a sample, in a large gallery) is looked for among the others; the distances to the nearest are what
/// strangers' distances are. Rules and their reasons: ADR 0031.
/// </remarks>
internal sealed class GalleryCalibrator(FaceEncoderInfo encoder, double target)
{
    /// <summary>How many times the share that is asked for may be as near as where it is "unsure".</summary>
    public const double Unsure = 10;

    /// <summary>From so many people on, their own distances are looked at.</summary>
    public const int LeastPeople = 30;

    /// <summary>From so many people on, distances are normalised: a hundred nearest are a small part of them.</summary>
    public const int LeastNormalised = 400;

    // Of more, a sample.
    private const int MostProbes = 4096;
    private const int AtOnce = 64;

    // The tail counts by how many people it is seen of: of so many, as much as what is known of the encoder.
    private const double WeightOfPrior = 50;

    private const int Candidates = 4;
    private const double LargestShare = 0.2;
    private const double LargestNormalised = 0.05;

    private readonly ImpostorPrior _prior = new(encoder);

    /// <summary>Finds the limit.</summary>
    /// <param name="gallery">The people.</param>
    /// <param name="photos">A photo of each of those who have several templates, of as many as there are.</param>
    public GalleryCalibration Calibrate(GallerySnapshot gallery, GallerySnapshot photos)
    {
        var people = gallery.People;
        var outer = Math.Min(Unsure * target, Math.Max(target, LargestShare));
        if (people < LeastPeople)
        {
            var pairs = DistancesOfPairs(gallery);
            return new GalleryCalibration
            {
                People = people,
                Basis = CalibrationBasis.Encoder,
                Limit = _prior.Limit(people, target, pairs),
                OuterLimit = _prior.Limit(people, outer, pairs),
            };
        }

        var isNormalised = people >= LeastNormalised && target <= LargestNormalised && encoder.Metric == DistanceMetric.Euclidean;
        var scores = Scores(gallery, Probes(gallery, photos), isNormalised);
        var known = people < LeastNormalised ? DistancesOfPairs(gallery) : [];
        return new GalleryCalibration
        {
            People = people,
            Basis = isNormalised ? CalibrationBasis.Normalised : CalibrationBasis.Distances,
            Limit = Level(target),
            OuterLimit = Level(outer),
        };

        double Level(double part)
        {
            var seen = TailModel.Level(scores, part);
            if (people >= LeastNormalised)
            {
                return isNormalised ? seen : -seen;
            }

            var weight = people / (people + WeightOfPrior);
            return (weight * -seen) + ((1 - weight) * _prior.Limit(people, part, known));
        }
    }

    /// <summary>How alike each probe's likest other person is: the negative distance, or the normalised score.</summary>
    private static double[] Scores(GallerySnapshot gallery, List<SearchProbe> probes, bool isNormalised)
    {
        var scores = new List<double>(probes.Count);
        var scorer = isNormalised ? new NormalisedScores(gallery) : null;
        foreach (var batch in probes.Chunk(AtOnce))
        {
            var found = gallery.Search(batch, isNormalised ? Candidates : 1);
            for (var i = 0; i < batch.Length; i++)
            {
                if (found[i].ToList() is [var nearest, ..])
                {
                    scores.Add(scorer is null ? -nearest.Distance : scorer.Best(batch[i].Values, found[i], batch[i].Except).Score);
                }

                batch[i].Clear();
            }
        }

        return [.. scores];
    }

    private static List<SearchProbe> Probes(GallerySnapshot gallery, GallerySnapshot photos)
    {
        var probes = new List<SearchProbe>();
        var known = new HashSet<Guid>();
        AddOf(photos, step: 1);

        // Whoever has one template is a photo. Of many, every so manieth row.
        var rows = gallery.Blocks.Sum(block => block.Count);
        if (probes.Count < Math.Min(MostProbes, LeastNormalised) || probes.Count < gallery.People / 2)
        {
            AddOf(gallery, Math.Max(1, rows / MostProbes));
        }

        return probes;

        void AddOf(GallerySnapshot snapshot, int step)
        {
            var row = 0;
            foreach (var block in snapshot.Blocks)
            {
                for (var i = 0; i < block.Count && probes.Count < MostProbes; i++)
                {
                    if (row++ % step == 0 && known.Add(block.Owner(i).Id))
                    {
                        probes.Add(new SearchProbe(gallery.Coder, block.Memory(i), block.Owner(i).Id));
                    }
                }
            }
        }
    }

    private static double[] DistancesOfPairs(GallerySnapshot gallery)
    {
        var rows = gallery.Blocks.SelectMany(block => Enumerable.Range(0, block.Count).Select(row => (Block: block, Row: row)))
            .Take(LeastNormalised).ToList();
        var distances = new List<double>();
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (rows[i].Block.Owner(rows[i].Row).Id != rows[j].Block.Owner(rows[j].Row).Id)
                {
                    distances.Add(gallery.Coder.OfKey(gallery.Coder.Key(
                        rows[i].Block.Values(rows[i].Row), rows[j].Block.Values(rows[j].Row))));
                }
            }
        }

        return [.. distances];
    }
}

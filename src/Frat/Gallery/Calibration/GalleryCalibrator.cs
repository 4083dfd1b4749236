namespace Frat;

/// <summary>
/// Finds the limit within which a given share of strangers is taken for somebody, from the gallery itself: every enrolled person is a
/// stranger to all others.
/// </summary>
/// <remarks>
/// Photos of people (of a sample, in a large gallery) are looked for among the others; the scores of who is most like them are what
/// strangers' scores are. Rules and their reasons: ADR 0031.
/// </remarks>
internal sealed class GalleryCalibrator(FaceEncoderInfo encoder, double target)
{
    /// <summary>How many times the share that is asked for may be as near as where it is "unsure".</summary>
    public const double Unsure = 10;

    /// <summary>From so many people on, a gallery tells its own limit.</summary>
    public const int LeastPeople = 30;

    /// <summary>Of so many people photos are enough to tell a limit by.</summary>
    public const int MostPhotographed = 1024;

    /// <summary>How many of the nearest people are scored: a scaled distance may put another one first.</summary>
    public const int Candidates = 4;

    // Of more, a sample; a smaller one in a gallery so large that each search takes long, since changes wait meanwhile.
    private const int MostProbes = 2048;
    private const int LeastProbes = 256;
    private const int MostComparisons = 200_000_000;
    private const int AtOnce = 64;

    // So few people say little about a tail: aim at half of what is asked for among 30, at 97 % of it among 1,000.
    private const double WeightOfDoubt = 30;
    private const double LargestShare = 0.2;

    // Who is so near to somebody else is the same person, enrolled twice: no stranger.
    private const double SamePerson = 0.55;

    /// <summary>Finds the limit.</summary>
    /// <param name="gallery">The people.</param>
    /// <param name="photos">Photos of those who have several templates, of as many as there are.</param>
    public GalleryCalibration Calibrate(GallerySnapshot gallery, GallerySnapshot photos)
    {
        var people = gallery.People;
        var (scores, weight) = people < LeastPeople ? ([], 1) : Scores(gallery, photos);
        return new GalleryCalibration
        {
            People = people,
            Limit = LevelOf(target),
            OuterLimit = LevelOf(Math.Clamp(Unsure * target, target, Math.Max(target, LargestShare))),
        };

        // Where nearly everybody is enrolled twice, nothing is left to tell by.
        double? LevelOf(double part) => scores.Length < LeastPeople
            ? null
            : TailModel.Level(scores, part * people / (people + WeightOfDoubt), weight);
    }

    /// <summary>How alike each probe's likest other person is, and how much each counts.</summary>
    private (double[] Scores, double Weight) Scores(GallerySnapshot gallery, GallerySnapshot photos)
    {
        var scores = new List<(Guid Owner, double Score)>();
        var twice = new HashSet<Guid>();
        var surroundings = new Surroundings(gallery);
        foreach (var batch in Probes(gallery, photos).Chunk(AtOnce))
        {
            var found = gallery.Search(batch, Candidates);
            for (var i = 0; i < batch.Length; i++)
            {
                var owner = batch[i].Except!.Value;
                if (found[i].ToList() is [var nearest, ..])
                {
                    if (nearest.Distance < SamePerson * encoder.RecommendedMaxDistance)
                    {
                        twice.Add(owner);
                    }

                    scores.Add((owner, ScaledMatch.Of(surroundings, batch[i].Values, found[i], owner).Score));
                }

                batch[i].Clear();
            }
        }

        scores.RemoveAll(one => twice.Contains(one.Owner) || !double.IsFinite(one.Score));
        var people = scores.Select(one => one.Owner).Distinct().Count();
        return ([.. scores.Select(one => one.Score)], people / (double)Math.Max(scores.Count, 1));
    }

    private static List<SearchProbe> Probes(GallerySnapshot gallery, GallerySnapshot photos)
    {
        var several = new HashSet<Guid>();
        foreach (var (block, row) in Rows(photos))
        {
            several.Add(block.Owner(row).Id);
        }

        // Who has one template is a photo. Where photos are full, some rows are means of several, which are nearer to everybody.
        var known = new HashSet<Guid>();
        var all = Rows(photos).ToList();
        if (several.Count < MostPhotographed)
        {
            all.AddRange(Rows(gallery).Where(place => place.Block.Owner(place.Row).Id is var id && !several.Contains(id) && known.Add(id)));
        }

        var most = Math.Clamp(MostComparisons / Math.Max(gallery.Templates, 1), LeastProbes, MostProbes);
        var step = Math.Max(1, all.Count / (double)most);
        var probes = new List<SearchProbe>(most + 1);
        for (var place = 0.0; (int)place < all.Count; place += step)
        {
            var (block, row) = all[(int)place];
            probes.Add(new SearchProbe(gallery.Coder, block.Memory(row), block.Owner(row).Id));
        }

        return probes;
    }

    private static IEnumerable<(RowBlock Block, int Row)> Rows(GallerySnapshot snapshot) =>
        snapshot.Blocks.SelectMany(block => Enumerable.Range(0, block.Count).Select(row => (block, row)));
}

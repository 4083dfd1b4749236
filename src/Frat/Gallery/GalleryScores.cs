namespace Frat;

/// <summary>Scores a face by a calibration.</summary>
internal static class GalleryScores
{
    // A normalised score may put another of the nearest first.
    private const int Candidates = 4;

    /// <summary>The person whom a face is most like; null when nobody is enrolled.</summary>
    public static GalleryScore? Of(GallerySnapshot snapshot, GalleryCalibration? calibration, FaceEncoding probe)
    {
        var found = snapshot.Search([new SearchProbe(snapshot.Coder, probe.Values.ToArray())], Candidates)[0];
        var nearest = found.ToList();
        if (nearest.Count == 0)
        {
            return null;
        }

        var isNormalised = calibration?.Basis == CalibrationBasis.Normalised;
        var (best, limit, outer) = (0, calibration?.Limit ?? double.PositiveInfinity, calibration?.OuterLimit ?? double.PositiveInfinity);
        if (isNormalised)
        {
            var scored = new NormalisedScores(snapshot).Best(probe.Values, found);
            (best, limit, outer) = (scored.Index, scored.Normalisation.DistanceOf(limit), scored.Normalisation.DistanceOf(outer));
        }

        return new GalleryScore
        {
            Person = nearest[best].Person,
            Distance = nearest[best].Distance,
            RunnerUpDistance = nearest.Count > 1 ? nearest[best == 0 ? 1 : 0].Distance : float.PositiveInfinity,
            People = snapshot.People,
            Limit = (float)limit,
            OuterLimit = (float)outer,
            Basis = calibration?.Basis,
        };
    }
}

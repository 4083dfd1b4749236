namespace Frat;

/// <summary>Scores a face by a calibration.</summary>
internal static class GalleryScores
{
    // Of small galleries. What they promise, and where they are from: ADR 0031.
    private const double PartOfRecommended = 5 / 6.0;
    private const double PartOfOthers = 0.58;
    private const double OuterPartOfOthers = 0.67;
    private const int Others = 4;
    private const int Found = Others + 2;

    /// <summary>The person whom a face is most like; null when nobody is enrolled.</summary>
    public static GalleryScore? Of(
        GallerySnapshot snapshot,
        FaceEncoderInfo encoder,
        GalleryCalibration? calibration,
        ReadOnlyMemory<float> probe,
        Guid? except = null)
    {
        var search = new SearchProbe(snapshot.Coder, probe, except);
        var found = snapshot.Search([search], Found)[0];
        return found.ToList() is not [var nearest, ..] ? null
            : calibration is null ? Plain(snapshot, nearest, found)
            : calibration is { Limit: { } limit, OuterLimit: { } outer } ? Scaled(snapshot, limit, outer, probe.Span, found, except)
            : Few(snapshot, encoder, nearest, found);
    }

    /// <summary>Those whom a face may be taken for: the nearest people, each with the limit for this face and this person.</summary>
    public static IReadOnlyList<GalleryScore> Near(
        GallerySnapshot snapshot,
        FaceEncoderInfo encoder,
        GalleryCalibration? calibration,
        ReadOnlyMemory<float> probe,
        int people,
        Guid? except)
    {
        var found = snapshot.Search([new SearchProbe(snapshot.Coder, probe, except)], Math.Max(people, Found))[0];
        if (found.ToList() is not [var nearest, ..] candidates)
        {
            return [];
        }

        if (calibration is not { Limit: { } limit, OuterLimit: { } outer })
        {
            var first = calibration is null ? Plain(snapshot, nearest, found) : Few(snapshot, encoder, nearest, found);
            return [.. candidates.Take(people).Select(one => first with { Person = one.Person, Distance = one.Distance })];
        }

        var surroundings = new Surroundings(snapshot);
        var others = surroundings.Of(probe.Span, except);
        return [.. candidates.Take(people).Select((one, i) =>
        {
            var shift = surroundings.Shift(others, one.Person.Id, found.Values(i), except);
            return WithLimits(Plain(snapshot, one, found), shift, limit, outer);
        })];
    }

    private static GalleryScore Plain(GallerySnapshot snapshot, GalleryCandidate nearest, NearestPeople found) => new()
    {
        Person = nearest.Person,
        Distance = nearest.Distance,
        RunnerUpDistance = Other(found, 0),
        Lead = Other(found, 0) - nearest.Distance,
        People = snapshot.People,
    };

    /// <summary>
    /// A fixed distance that is safer than the one for two photos, and a face must be clearly nearer to somebody than to the others: where
    /// all are alike, the fixed distance means nothing. The next person isn't one of the others, so that twins are both found.
    /// </summary>
    private static GalleryScore Few(GallerySnapshot snapshot, FaceEncoderInfo encoder, GalleryCandidate nearest, NearestPeople found)
    {
        var others = found.ToList().Skip(2).ToList();
        var mean = others.Count == 0 ? double.PositiveInfinity : others.Average(other => (double)other.Distance);
        return Plain(snapshot, nearest, found) with
        {
            Limit = (float)Math.Min(PartOfRecommended * encoder.RecommendedMaxDistance, PartOfOthers * mean),
            OuterLimit = (float)Math.Min(encoder.RecommendedMaxDistance, OuterPartOfOthers * mean),
            Basis = LimitBasis.Few,
        };
    }

    private static GalleryScore Scaled(
        GallerySnapshot snapshot, double limit, double outer, ReadOnlySpan<float> probe, NearestPeople found, Guid? except)
    {
        var match = ScaledMatch.Of(new Surroundings(snapshot), probe, found, except);
        var best = found.ToList()[match.Index];
        return WithLimits(Plain(snapshot, best, found), match.Shift, limit, outer) with
        {
            RunnerUpDistance = Other(found, match.Index), Lead = (float)match.Lead,
        };
    }

    private static GalleryScore WithLimits(GalleryScore score, double shift, double limit, double outer)
    {
        var finite = double.IsFinite(shift) ? shift : double.NegativeInfinity; // Numbers that overflow recognise nobody.
        return score with { Limit = (float)(finite + limit), OuterLimit = (float)(finite + outer), Basis = LimitBasis.Gallery };
    }

    private static float Other(NearestPeople found, int best) => found.ToList() is { Count: > 1 } people
        ? people[best == 0 ? 1 : 0].Distance
        : float.PositiveInfinity;
}

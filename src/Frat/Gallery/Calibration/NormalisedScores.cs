namespace Frat;

/// <summary>Normalised scores of faces and people of one snapshot. For one thread.</summary>
internal sealed class NormalisedScores(GallerySnapshot gallery)
{
    private readonly Cohort _cohort = new(gallery);
    private readonly Dictionary<Guid, Cohort.Neighbour[]> _people = [];

    /// <summary>The person among the nearest who has the best score.</summary>
    /// <param name="probe">The face.</param>
    /// <param name="found">The nearest people; at least one.</param>
    /// <param name="except">Whose rows don't count, where the face is somebody's of the gallery.</param>
    public (int Index, double Score, Normalisation Normalisation) Best(
        ReadOnlySpan<float> probe, NearestPeople found, Guid? except = null)
    {
        var nearest = found.ToList();
        var others = _cohort.NearestTo(probe, except);
        var best = (Index: -1, Score: double.NegativeInfinity, Normalisation: default(Normalisation));
        for (var i = 0; i < nearest.Count; i++)
        {
            var candidate = nearest[i];
            var normalisation = new Normalisation(
                Cohort.SpreadOf(others, candidate.Person.Id), Cohort.SpreadOf(Of(candidate.Person.Id, found.Values(i)), except));
            var score = normalisation.Score(candidate.Distance);
            if (best.Index < 0 || score > best.Score)
            {
                best = (i, score, normalisation);
            }
        }

        return best;
    }

    // Of the row that was found first: people have few, and most have one.
    private Cohort.Neighbour[] Of(Guid personId, ReadOnlySpan<float> row)
    {
        if (!_people.TryGetValue(personId, out var nearest))
        {
            nearest = _cohort.NearestTo(row, personId);
            _people.Add(personId, nearest);
        }

        return nearest;
    }
}

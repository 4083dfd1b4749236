namespace Frat;

/// <summary>The person whom a face is most like, by scaled distances.</summary>
internal readonly record struct ScaledMatch
{
    /// <summary>Which of the nearest people it is.</summary>
    public required int Index { get; init; }

    /// <summary>The distance, less <see cref="Shift"/>: the smaller, the more alike.</summary>
    public required double Score { get; init; }

    /// <summary>What was taken from the distance: a score and this make the distance that this face and this person would need.</summary>
    public required double Shift { get; init; }

    /// <summary>How much larger the score of the next person is; infinite where there is none.</summary>
    public required double Lead { get; init; }

    /// <summary>The best of the people who were found.</summary>
    /// <param name="surroundings">Of the same snapshot.</param>
    /// <param name="probe">The face.</param>
    /// <param name="found">The nearest people; at least one.</param>
    /// <param name="except">Whose rows don't count, where the face is somebody's of the gallery.</param>
    public static ScaledMatch Of(Surroundings surroundings, ReadOnlySpan<float> probe, NearestPeople found, Guid? except = null)
    {
        var nearest = found.ToList();
        var others = surroundings.Of(probe, except);
        var best = new ScaledMatch { Index = -1, Score = double.PositiveInfinity, Shift = 0, Lead = 0 };
        var second = double.PositiveInfinity;
        for (var i = 0; i < nearest.Count; i++)
        {
            var shift = surroundings.Shift(others, nearest[i].Person.Id, found.Values(i), except);
            var score = nearest[i].Distance - shift;
            if (best.Index < 0 || score < best.Score)
            {
                second = best.Score;
                best = best with { Index = i, Score = score, Shift = shift };
            }
            else
            {
                second = Math.Min(second, score);
            }
        }

        return best with { Lead = second - best.Score };
    }
}

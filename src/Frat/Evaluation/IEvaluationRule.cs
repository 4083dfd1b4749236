namespace Frat;

/// <summary>A rule by which a probe is compared with all who are enrolled.</summary>
internal interface IEvaluationRule
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>Finds the best person.</summary>
    /// <returns>The index of the person, and the score: the smaller, the surer.</returns>
    (int Person, float Score) Find(FaceEncoding probe);
}

/// <summary>The smallest distance to any template, or to the mean of a person's templates, and nothing else.</summary>
internal sealed class PlainRule : IEvaluationRule
{
    private readonly FaceEncoderInfo _encoder;
    private readonly List<(int Person, FaceEncoding Encoding)> _rows = [];

    public PlainRule(string name, IReadOnlyList<EnrolledPerson> enrolled, FaceEncoderInfo encoder, bool byMean)
    {
        (Name, _encoder) = (name, encoder);
        for (var i = 0; i < enrolled.Count; i++)
        {
            foreach (var encoding in byMean ? [IdentificationDraw.MeanOf(enrolled[i].Templates)] : enrolled[i].Templates)
            {
                _rows.Add((i, encoding));
            }
        }
    }

    public string Name { get; }

    public (int Person, float Score) Find(FaceEncoding probe)
    {
        var best = (Person: -1, Score: float.PositiveInfinity);
        foreach (var (person, encoding) in _rows)
        {
            var distance = _encoder.Distance(probe, encoding);
            best = distance < best.Score ? (person, distance) : best;
        }

        return best;
    }
}

using System.Text.Json;

namespace Frat;

/// <summary>The smallest distance to what a person's templates are fused to, and nothing else.</summary>
internal sealed class EvaluationRule
{
    private readonly TemplateFusion _fusion;
    private readonly FaceEncoderInfo _encoder;
    private readonly List<(int Person, FaceEncoding Encoding)> _rows = [];

    public EvaluationRule(TemplateFusion fusion, IReadOnlyList<EnrolledPerson> enrolled, FaceEncoderInfo encoder)
    {
        (_fusion, _encoder) = (fusion, encoder);
        var fuser = new TemplateFuser(fusion, encoder);
        foreach (var (i, person) in enrolled.Index())
        {
            _rows.AddRange(fuser.Fuse([.. person.Templates.Select(template => template.Values.ToArray())])
                .Select(values => (i, new FaceEncoding(encoder.Id, values))));
        }
    }

    /// <summary>What it is called.</summary>
    public string Name => JsonNamingPolicy.CamelCase.ConvertName(_fusion.ToString());

    /// <summary>Finds the best person.</summary>
    /// <returns>The index of the person, and the score: the smaller, the surer.</returns>
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

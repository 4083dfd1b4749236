using System.Text.Json;

namespace Frat;

/// <summary>The smallest distance to what a person's templates are fused to, and nothing else.</summary>
internal sealed class NearestRule : IEvaluationRule
{
    private readonly TemplateFusion _fusion;
    private readonly FaceEncoderInfo _encoder;
    private readonly List<(int Person, FaceEncoding Encoding)> _rows = [];

    public NearestRule(TemplateFusion fusion, IReadOnlyList<EnrolledPerson> enrolled, FaceEncoderInfo encoder)
    {
        (_fusion, _encoder) = (fusion, encoder);
        var fuser = new TemplateFuser(fusion, encoder);
        foreach (var (i, person) in enrolled.Index())
        {
            _rows.AddRange(fuser.Fuse([.. person.Templates.Select(template => template.Values.ToArray())])
                .Select(values => (i, new FaceEncoding(encoder.Id, values))));
        }
    }

    public string Name => JsonNamingPolicy.CamelCase.ConvertName(_fusion.ToString());

    public float? LimitFor(double rate) => null;

    public RuleMatch Find(FaceEncoding probe)
    {
        var best = RuleMatch.Nobody;
        foreach (var (person, encoding) in _rows)
        {
            var distance = _encoder.Distance(probe, encoding);
            best = distance < best.Score ? new RuleMatch(person, distance, distance) : best;
        }

        return best;
    }
}

namespace Frat;

/// <summary>Looks at a site's own gallery.</summary>
internal sealed class GalleryEvaluator(FaceEncoderInfo encoder, RecognitionOptions options)
{
    private const int MostAlike = 50;
    private const int MostProbes = 2000;
    private const int MostOfAPerson = 3;
    private const int Resamples = 1000;

    private float MaxDistance => options.MaxDistance ?? encoder.RecommendedMaxDistance;

    public async Task<GalleryEvaluation> EvaluateAsync(IEncodingStore store, CancellationToken cancellationToken)
    {
        var people = await ReadAsync(store, cancellationToken).ConfigureAwait(false);
        var (isCalibrated, limits, found) = HoldBack(people, cancellationToken);
        return new GalleryEvaluation
        {
            People = people.Count,
            Templates = people.Sum(person => person.Templates.Count),
            TargetFalsePositiveRate = options.TargetFalsePositiveRate,
            IsCalibrated = isCalibrated,
            MedianLimit = limits.Count == 0 ? float.NaN : limits.Order().ElementAt(limits.Count / 2),
            Probes = found.Count,
            Fnir = Resampling.Interval([.. found.Select(isFound => (isFound ? 0 : 1, 1))], Resamples, seed: 1),
            Alike = FindAlike(people, cancellationToken),
        };
    }

    private async Task<List<EnrolledPerson>> ReadAsync(IEncodingStore store, CancellationToken cancellationToken)
    {
        var people = new Dictionary<Guid, (string EmployeeId, List<FaceTemplate> Templates)>();
        await foreach (var template in store.ReadAsync(encoder.Id, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (template.Encoding.Dimension != encoder.Dimension)
            {
                continue;
            }

            if (!people.TryGetValue(template.Person.Id, out var person))
            {
                people.Add(template.Person.Id, person = (template.Person.EmployeeId, []));
            }

            person.Templates.Add(template);
        }

        // In an order of their own, so that the same gallery gives the same, in whatever order a store tells it.
        return [.. people.OrderBy(person => person.Value.EmployeeId, StringComparer.Ordinal).Select(person => new EnrolledPerson(
            person.Value.EmployeeId,
            Group: null,
            [.. person.Value.Templates.OrderBy(template => template.Id).Select(template => template.Encoding)]))];
    }

    /// <summary>Takes the last template of those who have several out, and looks for it.</summary>
    private (bool IsCalibrated, List<float> Limits, List<bool> Found) HoldBack(
        List<EnrolledPerson> people, CancellationToken cancellationToken)
    {
        var probes = people.Index().Where(person => person.Item.Templates.Count > 1)
            .Select(person => (Person: person.Index, Encoding: person.Item.Templates[^1])).Take(MostProbes).ToList();
        var held = probes.Select(probe => probe.Person).ToHashSet();
        using var rule = RuleFor([.. people.Index().Select(person => held.Contains(person.Index)
            ? person.Item with { Templates = [.. person.Item.Templates.SkipLast(1)] }
            : person.Item)]);
        var (limits, found) = (new List<float>(probes.Count), new List<bool>(probes.Count));
        foreach (var probe in probes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var match = rule.Find(probe.Encoding, except: null);
            var limit = LimitOf(rule, match);
            limits.Add(limit);
            found.Add(match.Person == probe.Person && match.Distance <= limit);
        }

        return (rule.IsOfGallery && options.TargetFalsePositiveRate > 0, limits, found);
    }

    private List<AlikePeople> FindAlike(List<EnrolledPerson> people, CancellationToken cancellationToken)
    {
        using var rule = RuleFor(people);
        var alike = new Dictionary<(int, int), float>();
        foreach (var (i, person) in people.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var template in person.Templates.Take(MostOfAPerson))
            {
                var match = rule.Find(template, except: i);
                if (match.Person >= 0 && match.Distance <= LimitOf(rule, match))
                {
                    var pair = (Math.Min(i, match.Person), Math.Max(i, match.Person));
                    alike[pair] = Math.Min(match.Distance, alike.GetValueOrDefault(pair, float.PositiveInfinity));
                }
            }
        }

        return [.. alike.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key).Take(MostAlike).Select(pair => new AlikePeople
        {
            First = people[pair.Key.Item1].Name, Second = people[pair.Key.Item2].Name, Distance = pair.Value,
        })];
    }

    // Without a rate, what is found is the same, and the largest distance alone decides.
    private CalibratedRule RuleFor(IReadOnlyList<EnrolledPerson> people) => new(people, encoder, [Rate], options.Templates);

    private double Rate => options.TargetFalsePositiveRate > 0 ? options.TargetFalsePositiveRate : 0.001;

    private float LimitOf(CalibratedRule rule, RuleMatch match) => options.TargetFalsePositiveRate > 0
        ? Math.Min(MaxDistance, match.Distance - match.Score + rule.LimitFor(Rate)!.Value)
        : MaxDistance;
}

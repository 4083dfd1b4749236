namespace Frat;

/// <summary>Lets everybody come to the door once more, by one rule.</summary>
internal static class Identifier
{
    public static IdentificationEvaluation Evaluate(
        IdentificationDraw draw, IEvaluationRule rule, float maxDistance, EvaluationOptions options, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        var matches = new RuleMatch[draw.Probes.Count];
        Parallel.For(0, matches.Length, parallel, i => matches[i] = rule.Find(draw.Probes[i].Encoding));
        var others = new RuleMatch[draw.Strangers.Count];
        Parallel.For(0, others.Length, parallel, i => others[i] = rule.Find(draw.Strangers[i].Encoding));
        var found = matches.Select((match, i) => (IsRight: match.Person == draw.Probes[i].Person, match.Score)).ToArray();
        var strangers = Array.ConvertAll(others, match => match.Score);

        // Scores of each person, since people are what is drawn anew.
        var byPerson = found.Index().GroupBy(probe => draw.Probes[probe.Index].Person)
            .Select(person => person.Select(probe => probe.Item).ToArray()).ToArray();
        return new IdentificationEvaluation
        {
            Rule = rule.Name,
            People = draw.Enrolled.Count,
            TemplatesPerPerson = options.TemplatesPerPerson,
            FramesPerProbe = options.FramesPerProbe,
            Probes = found.Length,
            Strangers = strangers.Length,
            Rank1 = Resampling.Interval(
                [.. byPerson.Select(person => (person.Count(probe => probe.IsRight), person.Length))], options.Resamples, options.Seed),
            FnirAtFpir = options.Rates.ToDictionary(rate => rate, rate => FnirAt(rate, byPerson, strangers, options)),
            AtOwnLimit = options.Rates.Where(rate => rule.LimitFor(rate) is not null).ToDictionary(rate => rate, AtLimit),
            Curve = Curve(found, strangers),
            Groups = Groups(draw.Strangers, strangers, options.Rates),
        };

        // As a host decides: the largest distance is a bound, whatever the score.
        RateReached AtLimit(double rate)
        {
            var limit = rule.LimitFor(rate)!.Value;
            bool IsWithin(RuleMatch match) => match.Score <= limit && match.Distance <= maxDistance;
            return new RateReached
            {
                Fpir = Resampling.Binomial(others.Count(IsWithin), others.Length),
                Fnir = Resampling.Interval(
                    [.. matches.Index().GroupBy(probe => draw.Probes[probe.Index].Person).Select(person => (
                        person.Count(probe => probe.Item.Person != person.Key || !IsWithin(probe.Item)), person.Count()))],
                    options.Resamples,
                    options.Seed),
            };
        }
    }

    /// <summary>
    /// The largest score at which at most a share of strangers is taken for somebody: the last before one too many. Null where not even
    /// one of them may be, since then it isn't known where the first would be.
    /// </summary>
    private static float? ThresholdFor(double rate, float[] sorted)
    {
        var most = (int)(rate * sorted.Length);
        return most == 0 || most >= sorted.Length ? null : MathF.BitDecrement(sorted[most]);
    }

    private static ErrorRate FnirAt(double rate, (bool IsRight, float Score)[][] people, float[] strangers, EvaluationOptions options)
    {
        var sorted = strangers.Order().ToArray();
        if (people.Length == 0 || ThresholdFor(rate, sorted) is not { } threshold)
        {
            return ErrorRate.Unknown;
        }

        var random = new Random(options.Seed);
        var drawn = new double[options.Resamples];
        var sample = new float[strangers.Length];
        for (var i = 0; i < drawn.Length; i++)
        {
            for (var j = 0; j < sample.Length; j++)
            {
                sample[j] = strangers[random.Next(strangers.Length)];
            }

            Array.Sort(sample);
            drawn[i] = ThresholdFor(rate, sample) is { } other ? Fnir(other, () => people[random.Next(people.Length)]) : double.NaN;
        }

        var next = 0;
        return Resampling.Of(Fnir(threshold, () => people[next++]), drawn);

        double Fnir(float most, Func<(bool IsRight, float Score)[]> pick)
        {
            var (missed, all) = (0, 0);
            for (var i = 0; i < people.Length; i++)
            {
                var probes = pick();
                missed += probes.Count(probe => !probe.IsRight || !(probe.Score <= most));
                all += probes.Length;
            }

            return missed / (double)all;
        }
    }

    private static List<IdentificationPoint> Curve((bool IsRight, float Score)[] found, float[] strangers)
    {
        var curve = new List<IdentificationPoint>();
        if (found.Length == 0 || strangers.Length == 0)
        {
            return curve;
        }

        var right = found.Where(probe => probe.IsRight).Select(probe => probe.Score).Order().ToArray();
        var sorted = strangers.Where(float.IsFinite).Order().ToArray();
        var (known, told) = (0, -1.0);
        for (var i = 0; i < sorted.Length; i++)
        {
            while (known < right.Length && right[known] <= sorted[i])
            {
                known++;
            }

            var fpir = (i + 1) / (double)strangers.Length;
            if (fpir >= told * 1.05)
            {
                curve.Add(new IdentificationPoint { Threshold = sorted[i], Fpir = fpir, Fnir = 1 - (known / (double)found.Length) });
                told = fpir;
            }
        }

        return curve;
    }

    private static List<GroupIdentification> Groups(IReadOnlyList<Stranger> strangers, float[] scores, IReadOnlyList<double> rates)
    {
        var sorted = scores.Order().ToArray();
        return [.. strangers.Index().Where(one => one.Item.Group is not null).GroupBy(one => one.Item.Group!)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new GroupIdentification
            {
                Group = group.Key,
                Strangers = group.Count(),
                FpirAtFpir = rates.ToDictionary(rate => rate, rate => ThresholdFor(rate, sorted) is { } threshold
                    ? group.Count(one => scores[one.Index] <= threshold) / (double)group.Count()
                    : double.NaN),
            })];
    }
}

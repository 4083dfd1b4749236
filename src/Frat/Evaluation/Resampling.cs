namespace Frat;

/// <summary>Intervals by drawing people anew (bootstrap): photos of one person are alike, so photos alone would promise too much.</summary>
internal static class Resampling
{
    /// <summary>The interval of errors by trials, when people are drawn with replacement.</summary>
    /// <param name="people">Errors and trials of each person.</param>
    /// <param name="resamples">How often.</param>
    /// <param name="seed">What is drawn by.</param>
    public static ErrorRate Interval(IReadOnlyList<(int Errors, int Trials)> people, int resamples, int seed)
    {
        var (errors, trials) = (people.Sum(one => (long)one.Errors), people.Sum(one => (long)one.Trials));
        if (trials == 0)
        {
            return ErrorRate.Unknown;
        }

        var random = new Random(seed);
        var rates = new double[resamples];
        for (var i = 0; i < resamples; i++)
        {
            var (some, all) = (0L, 0L);
            for (var j = 0; j < people.Count; j++)
            {
                var one = people[random.Next(people.Count)];
                some += one.Errors;
                all += one.Trials;
            }

            rates[i] = some / (double)all;
        }

        return Of(errors / (double)trials, rates);
    }

    /// <summary>
    /// The interval of errors by trials that have nothing to do with one another (Wilson 1927): also where there were none.
    /// </summary>
    public static ErrorRate Binomial(int errors, int trials)
    {
        if (trials == 0)
        {
            return ErrorRate.Unknown;
        }

        const double z = 1.96;
        var share = errors / (double)trials;
        var scale = 1 + (z * z / trials);
        var middle = (share + (z * z / (2.0 * trials))) / scale;
        var half = z / scale * Math.Sqrt((share * (1 - share) / trials) + (z * z / (4.0 * trials * trials)));
        return new ErrorRate { Value = share, Low = Math.Max(0, middle - half), High = Math.Min(1, middle + half) };
    }

    /// <summary>The middle 95 % of what was drawn.</summary>
    public static ErrorRate Of(double value, double[] drawn)
    {
        var sorted = drawn.Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0 ? ErrorRate.Unknown with { Value = value }
            : new ErrorRate
            {
                Value = value,
                Low = sorted[(int)(sorted.Length * 0.025)],
                High = sorted[Math.Min((int)(sorted.Length * 0.975), sorted.Length - 1)],
            };
    }

    /// <summary>Puts items into an order that the seed gives.</summary>
    public static List<T> Shuffle<T>(IEnumerable<T> items, Random random)
    {
        var list = items.ToArray();
        random.Shuffle(list);
        return [.. list];
    }
}

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

namespace Frat;

/// <summary>Where the tail of scores ends that a part of all strangers reaches, beyond what was seen.</summary>
/// <remarks>
/// The excesses over a high level follow a generalised Pareto distribution (Pickands 1975). Its scale and shape are not taken at their
/// likeliest but averaged over all that fit, each by how well it does (a grid, with a prior that tails of distances are short): so the few
/// scores of a small gallery count for what they are. The largest tenth counts only as "beyond": two who are enrolled and are like one
/// another, such as twins or somebody enrolled twice, must not decide about everybody else. How many are beyond is held by a count.
/// </remarks>
internal static class TailModel
{
    private const double PriorShape = -0.2;
    private const double PriorShapeSpread = 0.2;
    private const double PriorScaleSpread = 0.7;
    private const double Censored = 0.1;
    private const int LeastExcesses = 8;
    private const int LeastCensored = 2;

    /// <summary>The score that a part of all reaches or passes.</summary>
    /// <param name="scores">What was seen, the larger the more alike; sorted here.</param>
    /// <param name="part">The part, above 0 and below 1.</param>
    public static double Level(double[] scores, double part)
    {
        Array.Sort(scores, (one, other) => other.CompareTo(one));
        var count = scores.Length;

        // Few enough to be a tail, many enough to show its shape.
        var excesses = Math.Max(LeastExcesses, Math.Min((int)(1.5 * Math.Pow(count, 0.6)), count / 2));
        var beyond = part * count / excesses;
        if (beyond >= 1)
        {
            return scores[Math.Min(count - 1, (int)(part * count))];
        }

        var censored = Math.Min(Math.Max(LeastCensored, (int)(Censored * excesses)), excesses / 2);
        var level = (scores[excesses] + scores[excesses - 1]) / 2;
        var seen = scores[censored..excesses].Select(score => score - level).ToArray();
        var fits = Fit(seen, censored);
        var (low, high) = (0.0, 1.0);
        while (Exceeding(fits, high) > beyond)
        {
            high *= 2;
        }

        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Exceeding(fits, middle) > beyond ? (middle, high) : (low, middle);
        }

        // One deviation more than are expected (Poisson), and two at least: who are alike pass together.
        var expected = part * count;
        var allowed = Math.Max(2, (int)Math.Ceiling(expected + Math.Sqrt(expected)));
        return allowed < count ? Math.Max(level + high, scores[allowed]) : level + high;
    }

    private static List<Pareto> Fit(double[] seen, int censored)
    {
        var typical = Math.Max(seen.Average(), 1e-9);
        var fits = new List<Pareto>();
        for (var shape = -0.6; shape <= 0.31; shape += 0.05)
        {
            for (var step = -2.0; step <= 2.01; step += 0.1)
            {
                var fit = new Pareto(Math.Abs(shape) < 1e-9 ? 0 : shape, typical * Math.Exp(step), 0);
                var (fromShape, fromScale) = ((shape - PriorShape) / PriorShapeSpread, step / PriorScaleSpread);
                var likelihood = seen.Sum(fit.LogDensity) + (censored * fit.LogExceeding(seen[0]))
                    - (((fromShape * fromShape) + (fromScale * fromScale)) / 2);
                if (double.IsFinite(likelihood))
                {
                    fits.Add(fit with { Weight = likelihood });
                }
            }
        }

        var largest = fits.Max(fit => fit.Weight);
        var weighed = fits.ConvertAll(fit => fit with { Weight = Math.Exp(fit.Weight - largest) });
        var all = weighed.Sum(fit => fit.Weight);
        return weighed.ConvertAll(fit => fit with { Weight = fit.Weight / all });
    }

    private static double Exceeding(List<Pareto> fits, double excess) => fits.Sum(fit => fit.Weight * Math.Exp(fit.LogExceeding(excess)));

    private readonly record struct Pareto(double Shape, double Scale, double Weight)
    {
        public double LogExceeding(double excess)
        {
            var room = 1 + (Shape * excess / Scale);
            return Shape == 0 ? -excess / Scale : room <= 0 ? double.NegativeInfinity : -Math.Log(room) / Shape;
        }

        public double LogDensity(double excess)
        {
            var room = 1 + (Shape * excess / Scale);
            return room <= 0 ? double.NegativeInfinity : LogExceeding(excess) - Math.Log(room) - Math.Log(Scale);
        }
    }
}

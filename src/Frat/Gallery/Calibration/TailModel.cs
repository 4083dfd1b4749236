namespace Frat;

/// <summary>Where the tail of strangers' scores ends that a part of them reaches, also beyond what was seen.</summary>
/// <remarks>
/// What is beyond a low level follows a generalised Pareto distribution (Pickands 1975). Its scale and shape are not taken at their
/// likeliest but averaged over all that fit, each by how well it does, on a grid: so the few scores of a small gallery count for what they
/// are. The prior of the shape is that of tails that end somewhere: no two people are at distance 0.
/// </remarks>
internal static class TailModel
{
    private const double PriorShape = -0.2;
    private const double PriorShapeSpread = 0.1;

    // A quarter of all is a tail and shows its shape; where there are many, less is enough, and more of it tail.
    private const double Tail = 0.25;
    private const int LeastExcesses = 8;
    private const double MostExcesses = 128;

    /// <summary>The score that a part of all reaches: the smaller a score, the more alike.</summary>
    /// <param name="scores">What was seen; sorted here. At least 16.</param>
    /// <param name="part">The part, above 0 and below 1.</param>
    /// <param name="weight">How much each counts: less than 1 where several are of one person.</param>
    public static double Level(double[] scores, double part, double weight)
    {
        Array.Sort(scores);
        var count = scores.Length;
        var excesses = Math.Max(LeastExcesses, (int)Math.Min(Tail * count, MostExcesses / weight));
        var beyond = part * count / excesses;
        if (beyond >= 1)
        {
            return scores[Math.Min(count - 1, (int)(part * count))];
        }

        var level = (scores[excesses] + scores[excesses - 1]) / 2;
        var fits = Fit(Array.ConvertAll(scores[..excesses], score => level - score), weight);
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Exceeding(fits, middle) > beyond ? (middle, high) : (low, middle);
        }

        return level - high;
    }

    private static List<Pareto> Fit(double[] seen, double weight)
    {
        var typical = Math.Max(seen.Average(), 1e-9);
        var fits = new List<Pareto>();
        for (var shape = -0.6; shape <= 0.51; shape += 0.05)
        {
            for (var step = -1.5; step <= 1.51; step += 0.06)
            {
                var fit = new Pareto(Math.Abs(shape) < 1e-9 ? 0 : shape, typical * Math.Exp(step), 0);
                var fromShape = (shape - PriorShape) / PriorShapeSpread;
                var likelihood = (weight * seen.Sum(fit.LogDensity)) - (fromShape * fromShape / 2);
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

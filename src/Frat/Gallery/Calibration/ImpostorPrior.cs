namespace Frat;

/// <summary>What is known of an encoder before anybody is enrolled: how far different people's photos are apart.</summary>
/// <remarks>
/// Distances of different people are taken for normally distributed, through the two facts that an encoder's info gives: the mean, and how
/// many are within the recommended distance. Of N people, the nearest to a stranger is within a limit at most N times as often as one is.
/// </remarks>
internal sealed class ImpostorPrior(FaceEncoderInfo encoder)
{
    // The gallery's own people say how far people are apart there: by the distance that a tenth of all pairs is within.
    private const double Pairs = 0.1;
    private const int LeastPairs = 20;

    // The number is small and its tail unsure: aim at half of what is asked for.
    private const double Safety = 2;

    /// <summary>The largest distance that a stranger is within of one of so many people, in a part of all cases at most.</summary>
    /// <param name="people">How many are enrolled.</param>
    /// <param name="part">The part.</param>
    /// <param name="distances">What different people's distances in this gallery are; may be empty. Sorted here.</param>
    /// <returns>The distance; the recommended one where the encoder says no more.</returns>
    public double Limit(int people, double part, double[] distances)
    {
        if (encoder is not { ImpostorDistance: { } mean, FalseMatchRate: { } rate })
        {
            return encoder.RecommendedMaxDistance;
        }

        var spread = (mean - encoder.RecommendedMaxDistance) / Upper(rate);
        var limit = mean - (spread * Upper(part / (Safety * Math.Max(people, 1))));
        if (distances.Length < LeastPairs)
        {
            return limit;
        }

        // Never the other way: that people are far apart in a small gallery may be chance.
        Array.Sort(distances);
        return limit * Math.Min(1, distances[(int)(Pairs * distances.Length)] / (mean - (spread * Upper(Pairs))));
    }

    /// <summary>How many deviations above the mean a part of a normal distribution lies: Abramowitz and Stegun, 26.2.23.</summary>
    private static double Upper(double part)
    {
        var t = Math.Sqrt(-2 * Math.Log(part));
        return t - ((2.515517 + (t * (0.802853 + (t * 0.010328))))
            / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
    }
}

namespace Frat;

/// <summary>
/// Counts distances finely enough for curves, in memory that doesn't grow with their number: a set of 13,000 photos has 87 million pairs.
/// Not thread-safe.
/// </summary>
internal sealed class DistanceCounts
{
    private const int Bins = 1 << 16;
    private const float Width = 2f / Bins; // No distance is larger than that of two opposite unit vectors.
    private readonly long[] _bins = new long[Bins + 1]; // The last: matches nobody at all.

    public long Total { get; private set; }

    public static float ThresholdOf(int bin) => (bin + 1) * Width;

    public void Add(float distance)
    {
        _bins[float.IsFinite(distance) ? Math.Clamp((int)(distance / Width), 0, Bins - 1) : Bins]++;
        Total++;
    }

    public void Add(DistanceCounts other)
    {
        for (var i = 0; i < _bins.Length; i++)
        {
            _bins[i] += other._bins[i];
        }

        Total += other.Total;
    }

    /// <summary>The share of distances up to one; NaN where there is none.</summary>
    public double ShareUpTo(float distance)
    {
        var count = 0L;
        for (var i = 0; i < Bins && ThresholdOf(i) <= distance; i++)
        {
            count += _bins[i];
        }

        return Total == 0 ? double.NaN : count / (double)Total;
    }

    /// <summary>The largest threshold at which at most a share of the distances lie below; null where not even one may.</summary>
    public float? ThresholdFor(double share)
    {
        var most = (long)(share * Total);
        var count = 0L;
        for (var i = 0; i < Bins; i++)
        {
            count += _bins[i];
            if (count > most)
            {
                return i == 0 || most == 0 ? null : ThresholdOf(i - 1);
            }
        }

        return ThresholdOf(Bins - 1);
    }

    /// <summary>The bins that either has anything in, for a curve.</summary>
    public static IReadOnlyList<VerificationPoint> Curve(DistanceCounts genuine, DistanceCounts impostors, int points)
    {
        var curve = new List<VerificationPoint>();
        var (matched, falsely, told) = (0L, 0L, (Fmr: -1.0, Fnmr: -1.0));
        for (var i = 0; i < Bins; i++)
        {
            matched += genuine._bins[i];
            falsely += impostors._bins[i];
            var (fmr, fnmr) = (falsely / (double)impostors.Total, 1 - (matched / (double)genuine.Total));
            if (IsStep(fmr, told.Fmr) || Math.Abs(fnmr - told.Fnmr) >= 1.0 / points)
            {
                curve.Add(new VerificationPoint { Threshold = ThresholdOf(i), Fmr = fmr, Fnmr = fnmr });
                told = (fmr, fnmr);
            }
        }

        return curve;

        // Finer where there are few: curves are drawn by powers of ten.
        bool IsStep(double now, double before) => now - before >= Math.Max(now / 20, 1e-9) && now != before;
    }
}

namespace Frat;

/// <summary>A sample of the gallery that a face is compared with to see how common it is, so that scores can be normalised.</summary>
/// <remarks>
/// Adaptive symmetric normalisation (Matejka et al. 2017): a distance counts in deviations from where a face's nearest others are, once
/// from the probe's side and once from the person's. Whose face has many that are like it has to be nearer.
/// For one thread; nothing is copied.
/// </remarks>
internal sealed class Cohort
{
    private const int Most = 1024;

    // A tenth of the sample at most: what is averaged are those who are alike.
    private const int Nearest = 100;

    // For whom is left out: people have few rows.
    private const int Spare = 4;

    private readonly GallerySnapshot _snapshot;
    private readonly List<(RowBlock Block, int Row)> _rows = [];
    private readonly float[] _distances;
    private readonly Guid[] _owners;

    public Cohort(GallerySnapshot snapshot)
    {
        _snapshot = snapshot;
        var count = snapshot.Blocks.Sum(block => block.Count);
        for (var i = 0; i < Math.Min(count, Most); i++)
        {
            var row = (int)((long)i * count / Math.Min(count, Most));
            _rows.Add((snapshot.Blocks[row / RowBlock.Rows], row % RowBlock.Rows));
        }

        (_distances, _owners) = (new float[_rows.Count], new Guid[_rows.Count]);
    }

    /// <summary>The nearest of the sample, the nearest first, without one person's own rows.</summary>
    public Neighbour[] NearestTo(ReadOnlySpan<float> values, Guid? except)
    {
        var count = 0;
        foreach (var (block, row) in _rows)
        {
            if (block.Owner(row).Id is var owner && owner != except)
            {
                _owners[count] = owner;
                _distances[count++] = _snapshot.Coder.Key(values, block.Values(row));
            }
        }

        Array.Sort(_distances, _owners, 0, count);
        var nearest = new Neighbour[Math.Min(count, Nearest + Spare)];
        for (var i = 0; i < nearest.Length; i++)
        {
            nearest[i] = new Neighbour(_owners[i], _snapshot.Coder.OfKey(_distances[i]));
        }

        return nearest;
    }

    /// <summary>The mean and the deviation of the nearest, without one person's.</summary>
    public static Spread SpreadOf(Neighbour[] nearest, Guid? without)
    {
        double sum = 0, squares = 0;
        var count = 0;
        foreach (var (owner, distance) in nearest)
        {
            if (count < Nearest && owner != without)
            {
                sum += distance;
                squares += (double)distance * distance;
                count++;
            }
        }

        var mean = sum / count;
        return new Spread(mean, Math.Sqrt(Math.Max((squares / count) - (mean * mean), 1e-8)));
    }

    /// <summary>How far a face's nearest others are, and how unlike that is.</summary>
    internal readonly record struct Spread(double Mean, double Deviation);

    /// <summary>Somebody of the sample, and how near.</summary>
    internal readonly record struct Neighbour(Guid Owner, float Distance);
}

namespace Frat;

/// <summary>How near a face's nearest others are: who looks like many has to be nearer than who looks like nobody.</summary>
/// <remarks>
/// A local scaling of distances: from each distance a part of the mean distance to the nearest others is taken, of the probe's and of the
/// person's. Which parts, and why not deviations as well (AS-norm), was decided by measurement: ADR 0031. Others are looked for among a
/// sample of the rows, so a face costs the same in any gallery. For one thread; nothing is copied.
/// </remarks>
internal sealed class Surroundings
{
    private const int MostRows = 2048;

    // A fifth of the people, but no more than show how dense it is right there.
    private const int MostNearest = 20;
    private const int LeastNearest = 4;

    // For whom is left out: people have few rows.
    private const int Spare = 4;

    private readonly GallerySnapshot _snapshot;
    private readonly int _rows;
    private readonly int _sampled;
    private readonly Dictionary<Guid, Neighbour[]> _people = [];
    private readonly double _ofProbe;
    private readonly double _ofPerson;

    public Surroundings(GallerySnapshot snapshot)
    {
        _snapshot = snapshot;
        _rows = snapshot.Blocks.Sum(block => block.Count);
        _sampled = Math.Min(_rows, MostRows);
        Nearest = Math.Clamp(snapshot.People / 5, LeastNearest, MostNearest);
        (_ofProbe, _ofPerson) = snapshot.Coder.Metric == DistanceMetric.Euclidean ? (0.75, 0.25) : (0.5, 0.25);
    }

    /// <summary>How many of the nearest others count.</summary>
    public int Nearest { get; }

    /// <summary>The others who are nearest to a face, the nearest first.</summary>
    /// <param name="values">The face.</param>
    /// <param name="except">Whose rows don't count.</param>
    public Neighbour[] Of(ReadOnlySpan<float> values, Guid? except)
    {
        var nearest = new Neighbour[Nearest + Spare];
        var count = 0;
        for (var i = 0; i < _sampled; i++)
        {
            var row = (int)((long)i * _rows / _sampled);
            var block = _snapshot.Blocks[row / RowBlock.Rows];
            var key = _snapshot.Coder.Key(values, block.Values(row % RowBlock.Rows));
            if (float.IsNaN(key) || (count == nearest.Length && key >= nearest[^1].Distance))
            {
                continue;
            }

            // Asked only of who is near: it is somewhere else in memory.
            var owner = block.Owner(row % RowBlock.Rows).Id;
            if (owner == except)
            {
                continue;
            }

            var place = Math.Min(count, nearest.Length - 1);
            for (; place > 0 && key < nearest[place - 1].Distance; place--)
            {
                nearest[place] = nearest[place - 1];
            }

            nearest[place] = new Neighbour(owner, key);
            count = Math.Min(count + 1, nearest.Length);
        }

        return Array.ConvertAll(nearest[..count], one => one with { Distance = _snapshot.Coder.OfKey(one.Distance) });
    }

    /// <summary>What is taken from the distance between a face and a person.</summary>
    /// <param name="ofProbe">The surroundings of the face.</param>
    /// <param name="person">The person.</param>
    /// <param name="row">The row by which the person is near.</param>
    /// <param name="except">Whose rows don't count, where the face is somebody's of the gallery.</param>
    public double Shift(Neighbour[] ofProbe, Guid person, ReadOnlySpan<float> row, Guid? except)
    {
        if (!_people.TryGetValue(person, out var ofPerson))
        {
            ofPerson = Of(row, person);
            _people.Add(person, ofPerson);
        }

        return (_ofProbe * MeanOf(ofProbe, Nearest, person)) + (_ofPerson * MeanOf(ofPerson, Nearest, except));
    }

    /// <summary>The mean distance of the nearest, without one person's.</summary>
    public static double MeanOf(Neighbour[] nearest, int most, Guid? without)
    {
        var (sum, count) = (0.0, 0);
        foreach (var (owner, distance) in nearest)
        {
            if (count < most && owner != without)
            {
                sum += distance;
                count++;
            }
        }

        return count == 0 ? double.PositiveInfinity : sum / count;
    }

    /// <summary>Somebody else, and how near.</summary>
    internal readonly record struct Neighbour(Guid Owner, float Distance);
}

using System.Runtime.CompilerServices;

namespace Frat;

/// <summary>The nearest people to one probe, as a search finds them: each once, by the nearest of their rows. For one thread.</summary>
/// <param name="most">How many at most.</param>
internal sealed class NearestPeople(int most)
{
    private readonly GalleryCandidate[] _found = new GalleryCandidate[most];
    private readonly (RowBlock Block, int Row)[] _rows = new (RowBlock, int)[most];
    private int _count;

    /// <summary>The largest distance at which somebody still gets in; infinite while there is room.</summary>
    public float Limit => _count < most ? float.PositiveInfinity : _found[^1].Distance;

    /// <summary>The nearest first; of equal distances, the smaller id, whatever the order of the rows.</summary>
    public IReadOnlyList<GalleryCandidate> ToList() => _found[.._count];

    /// <summary>The row by which somebody is near; as long as the snapshot is entered.</summary>
    public ReadOnlySpan<float> Values(int index) => _rows[index].Block.Values(_rows[index].Row);

    /// <summary>Takes somebody in who is nearer than others. What is no finite distance is nobody's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Offer(RowBlock block, int row, float distance)
    {
        if (!float.IsFinite(distance) || distance > Limit)
        {
            return;
        }

        var person = block.Owner(row);
        var offered = new GalleryCandidate { Person = person, Distance = distance };
        var place = _count;
        for (var i = 0; i < _count; i++)
        {
            if (_found[i].Person.Id == person.Id)
            {
                if (!IsBefore(offered, _found[i]))
                {
                    return;
                }

                place = i;
                break;
            }
        }

        if (place == most)
        {
            if (!IsBefore(offered, _found[^1]))
            {
                return;
            }

            place--;
        }
        else if (place == _count)
        {
            _count++;
        }

        for (; place > 0 && IsBefore(offered, _found[place - 1]); place--)
        {
            _found[place] = _found[place - 1];
            _rows[place] = _rows[place - 1];
        }

        _found[place] = offered;
        _rows[place] = (block, row);
    }

    private static bool IsBefore(GalleryCandidate one, GalleryCandidate other) =>
        one.Distance < other.Distance
            || (one.Distance.Equals(other.Distance) && one.Person.Id.CompareTo(other.Person.Id) < 0);
}

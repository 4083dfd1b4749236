using System.Numerics.Tensors;

namespace Frat;

/// <summary>
/// Templates as rows of a matrix that grows and shrinks in place: blocks of rows, so that growing copies nothing, and the last row
/// moves into the place of a removed one. Not thread-safe: <see cref="FaceGallery"/> guards it.
/// </summary>
internal sealed class TemplateMatrix(int dimension, DistanceMetric metric)
{
    private const int RowsPerBlock = 1024;

    private readonly List<float[]> _blocks = [];
    private readonly List<Person> _owners = [];
    private readonly Dictionary<Guid, List<int>> _rowsByPerson = [];

    public int Rows => _owners.Count;

    public int People => _rowsByPerson.Count;

    public void Add(Person person, ReadOnlySpan<float> values)
    {
        var row = Rows;
        if (row / RowsPerBlock == _blocks.Count)
        {
            _blocks.Add(new float[RowsPerBlock * dimension]);
        }

        values.CopyTo(Row(row));
        if (!_rowsByPerson.TryGetValue(person.Id, out var rows))
        {
            _rowsByPerson.Add(person.Id, rows = []);
        }
        else if (_owners[rows[0]] is var known && known == person)
        {
            person = known; // Stores make one for each template; one for all is held.
        }

        _owners.Add(person);
        rows.Add(row);
    }

    public void Remove(Guid personId)
    {
        if (!_rowsByPerson.Remove(personId, out var rows))
        {
            return;
        }

        // From the highest row down, so that a row that moves is never one that is still to be removed.
        foreach (var row in rows.OrderDescending())
        {
            var last = Rows - 1;
            if (row != last)
            {
                Row(last).CopyTo(Row(row));
                _owners[row] = _owners[last];
                var moved = _rowsByPerson[_owners[row].Id];
                moved[moved.IndexOf(last)] = row;
            }

            Row(last).Clear(); // Forgotten means gone from memory too.
            _owners.RemoveAt(last);
        }

        var blocksInUse = (Rows + RowsPerBlock - 1) / RowsPerBlock;
        _blocks.RemoveRange(blocksInUse, _blocks.Count - blocksInUse);
    }

    /// <param name="probe">The values of an encoding.</param>
    /// <param name="except">Whose templates are passed over; null for nobody's.</param>
    public GalleryMatch? FindNearest(ReadOnlySpan<float> probe, Guid? except = null)
    {
        Person? nearest = null;
        float best = float.PositiveInfinity, runnerUp = float.PositiveInfinity;
        for (var row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> values = Row(row);
            var distance = metric == DistanceMetric.Euclidean
                ? TensorPrimitives.Distance(probe, values)
                : 1 - TensorPrimitives.CosineSimilarity(probe, values);
            if (distance >= runnerUp)
            {
                continue;
            }

            var owner = _owners[row];
            if (owner.Id == except)
            {
                continue;
            }

            if (nearest is null || owner.Id == nearest.Id)
            {
                (nearest, best) = (owner, Math.Min(best, distance));
            }
            else if (distance < best)
            {
                (nearest, best, runnerUp) = (owner, distance, best);
            }
            else
            {
                runnerUp = distance;
            }
        }

        return nearest is null ? null : new GalleryMatch { Person = nearest, Distance = best, RunnerUpDistance = runnerUp };
    }

    private Span<float> Row(int row) => _blocks[row / RowsPerBlock].AsSpan(row % RowsPerBlock * dimension, dimension);
}
